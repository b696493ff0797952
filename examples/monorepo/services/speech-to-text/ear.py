"""The ear: finds beeps and pauses in a WAV file and reads them as Morse code."""

import itertools
import wave

LETTERS = dict(
    pair.split("=")
    for pair in (
        ".-=A -...=B -.-.=C -..=D .=E ..-.=F --.=G ....=H ..=I .---=J -.-=K .-..=L --=M "
        "-.=N ---=O .--.=P --.-=Q .-.=R ...=S -=T ..-=U ...-=V .--=W -..-=X -.--=Y --..=Z"
    ).split()
)
SILENCE = 128


def listen(path):
    """The words of a recording, in capitals."""
    with wave.open(path, "rb") as sound:
        samples = sound.readframes(sound.getnframes())
    runs = [(loud, len(list(run))) for loud, run in itertools.groupby(samples, _is_loud)]
    unit = min(length for _, length in runs)
    return "".join(_letters(runs, unit))


def _is_loud(sample):
    return sample != SILENCE


def _letters(runs, unit):
    signs = ""
    for loud, length in runs + [(False, unit * 3)]:
        units = round(length / unit)
        if loud:
            signs += "-" if units == 3 else "."
        elif units >= 3:
            yield LETTERS[signs]
            signs = ""
            if units == 7:
                yield " "
