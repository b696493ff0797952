"""Counts what lives in this monorepo."""
