"""How the newsroom writes dates and times, a language a module; Django's own for the rest."""
