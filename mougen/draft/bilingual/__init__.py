"""One agreement in two languages: two columns, one numbering, the same clauses and blocks in both."""
