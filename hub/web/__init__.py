"""The page kit, which knows no room: layout, form components, the guard, error pages."""
