"""The meeting on a screen: slides by address, the speaker's notes, the wall. No sidebar, no scroll, no role but one."""
