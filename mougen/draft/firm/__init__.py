"""A firm's own Word file as the shell of a draft: admitted, checked, dressed by role, its fields filled in."""
