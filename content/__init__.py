"""What patients read: the files of `data/`, loaded, filled in and checked.

Used by the brain (training), the front desk (pages) and `make lint`. Depends on PyYAML
and jsonschema only, so that both environments can import it.
"""
