"""The resources of an account, as attributes of a client: jobs, assets, styles, node apps, reports, each sync and async.

A file holds everything about one resource: its value, the requests as operations, the sync class, the async class.
"""
