#!/bin/sh
# Makes the virtual environment of one service: scripts/setup-service.sh vision-ai
set -e

cd "$(dirname "$0")/../services/$1"
python3 -m venv venv
. venv/bin/activate
pip install -r requirements.txt
PYTHONPATH=../../generated/python/clients python3 main.py --help > /dev/null
echo "$1 is ready"
