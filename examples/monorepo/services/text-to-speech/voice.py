"""The voice: Morse code as a square wave."""

import wave

RATE = 4000
MORSE = {
    "A": ".-", "B": "-...", "C": "-.-.", "D": "-..", "E": ".", "F": "..-.", "G": "--.",
    "H": "....", "I": "..", "J": ".---", "K": "-.-", "L": ".-..", "M": "--", "N": "-.",
    "O": "---", "P": ".--.", "Q": "--.-", "R": ".-.", "S": "...", "T": "-", "U": "..-",
    "V": "...-", "W": ".--", "X": "-..-", "Y": "-.--", "Z": "--..",
}  # fmt: skip


def units_of(text):
    """The text as (is it a sound, how many units long)."""
    for number, word in enumerate(text.split()):
        if number:
            yield False, 7
        for place, letter in enumerate(word):
            if place:
                yield False, 3
            for beat, sign in enumerate(MORSE[letter]):
                if beat:
                    yield False, 1
                yield True, 3 if sign == "-" else 1


def seconds_of(text, wpm):
    """How long the text takes; one unit lasts 1.2 seconds divided by words per minute."""
    return sum(length for _, length in units_of(text)) * 1.2 / wpm


def save_wav(path, text, wpm):
    unit = int(RATE * 1.2 / wpm)
    beep = (bytes([208] * 4 + [48] * 4) * unit)[:unit]
    silence = bytes([128] * unit)
    with wave.open(path, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(RATE)
        for is_sound, length in units_of(text):
            sound.writeframes((beep if is_sound else silence) * length)
