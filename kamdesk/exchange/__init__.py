"""Files and clipboard from and to other programs; plain values in and out."""
