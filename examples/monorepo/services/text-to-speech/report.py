"""What was said, in one friendly line."""

import datetime

import humanize


def report(text, seconds):
    words = humanize.apnumber(len(text.split()))
    time = humanize.precisedelta(datetime.timedelta(seconds=round(seconds)))
    return "That is {} words in {}.".format(words, time)
