"""What a client-facing template may see: typed contracts without a private field, and how they are filled.

``contracts`` modules (``shared``, ``group``, ``variant``, ``cover``) declare each field once with its tag, words and
example; ``catalogue`` derives the list of fields and the aliases from them; ``build`` fills a contract.
"""
