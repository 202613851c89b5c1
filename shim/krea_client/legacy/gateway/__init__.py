"""A local gateway between legacy programs in any language and the API: deprecated field names are translated on the way.

Two ways to use it: as a reverse proxy (`Gateway`, an ASGI application; `krea-client gateway`), or as a proxy that reads the TLS of
the API's host alone, for programs in which the host is written out (`launcher.run`; `krea-client run -- COMMAND`).
"""
