"""What is shown at the meeting, in which order, and how is it opened?"""

from ui import state
from ui.stage import edit

view = state.current()
edit.draw(view)
