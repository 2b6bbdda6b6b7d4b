"""The front desk: the one owner of cases, and later the door for visitors and staff.

Each room is a package with its own tables, rules and routes (`cases`, `people`);
`database` and `web` hold what rooms share, `app` puts the rooms together and `serve`
turns settings into a running service.
"""
