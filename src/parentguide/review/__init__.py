"""Review of translations: the ledger of who approved which text, sign-off, review sheets and reports."""
