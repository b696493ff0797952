console.log("one-venv COMMAND [DIR] [--json]");
