# Prints what Unicode's normalization makes of each character by itself, and of strings in which marks, letters and jamo meet, where it changes them: the
# text, composed and decomposed, as code points. The first line is the version of Unicode.
import random
import unicodedata

print(unicodedata.unidata_version)
points = [chr(point) for point in range(0x30000) if not 0xD800 <= point < 0xE000]
changed = [point for point in points if unicodedata.normalize("NFC", point) != point or unicodedata.normalize("NFD", point) != point or unicodedata.combining(point)]
dice = random.Random(1)
strings = ["".join(dice.choice(changed if dice.random() < 0.7 else points) for _ in range(dice.randint(2, 6))) for _ in range(20000)]
for text in points + strings:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    if (composed, decomposed) != (text, text):
        print("|".join(" ".join("%X" % ord(sign) for sign in form) for form in (text, composed, decomposed)))
