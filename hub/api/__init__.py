"""The JSON kit, which knows no room: problem documents, paging, keys, OpenAPI."""
