"""What every program of this size needs and nothing about courses: errors that say what to do next,
text made safe to print, files written whole or not at all, programs run with limits, and folders
that clean themselves up. It imports no other package of ours. All may import it.
"""
