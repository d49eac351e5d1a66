"""The laws, one module per area. A law is a function `law(api, draw)` under `@law(...)` of `liveops_contract.checks`."""
