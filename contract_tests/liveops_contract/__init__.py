"""The contract suite of the LiveOps API: it holds a server to the description, the mock or any base URL."""
