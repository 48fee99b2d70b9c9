"""The worker: a process of our own in which foreign files are opened, documents made, pages drawn.

``supervisor`` is what the program uses; ``process`` is what runs on the other side; ``protocol`` is the language between
them: frames of JSON and bytes, never pickle.
"""
