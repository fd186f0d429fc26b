"""A llama of random weights in the GGUF format, version 3: small enough that a thousand tokens take a second.

It writes every token with much the same odds, so that it answers whatever a grammar lets through. The same seed makes the same
file. The format: the specification of GGUF in ggml's documentation.
"""

import array
import random
import string
import struct
from math import prod

CONTEXT = 32_768
WIDTH, HIDDEN, LAYERS, HEADS = 32, 64, 1, 1

TEMPLATE = (
    "{% for message in messages %}<|turn|>{{ message.role }}\n{{ message.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|turn|>assistant\n{% endif %}"
)

# The kinds of values, by GGUF's numbers.
NUMBER, SIGNED, FRACTION, TRUTH, TEXT, ARRAY = 4, 5, 6, 7, 8, 9

# As in a vocabulary of SentencePiece: what a token is for.
NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6


def tokens():
    """Text and kind of each token: the marks, all bytes, what JSON is made of, and so many syllables that bytes are rare:
    as they come they are often no UTF-8."""
    marks = [("<unk>", UNKNOWN), ("<s>", CONTROL), ("<|end|>", CONTROL), ("<|turn|>", CONTROL)]
    raw = [(f"<0x{byte:02X}>", BYTE) for byte in range(256)]
    characters = string.ascii_letters + string.digits + string.punctuation + "▁éøß漢字🎲"
    words = ['":', '",', '"}', '"]', "},", "true", "false", "null"]
    syllables = [first + second for first in string.ascii_lowercase for second in string.ascii_lowercase]
    beginnings = ["▁" + letter for letter in string.ascii_lowercase]
    return marks + raw + [(text, NORMAL) for text in [*characters, *words, *syllables, *beginnings]]


def write(path, seed=1):
    numbers = random.Random(seed)
    vocabulary = tokens()
    entries = metadata(vocabulary)
    tensors = list(shapes(len(vocabulary)))
    with open(path, "wb") as file:
        file.write(b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(entries)))
        for name, (kind, value) in entries.items():
            file.write(text(name) + struct.pack("<I", kind) + encoded(kind, value))
        offset = 0
        for name, shape, _ in tensors:
            file.write(text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset))
            offset += padded(4 * prod(shape))
        file.write(bytes(-file.tell() % 32))
        for name, shape, spread in tensors:
            weights = array.array("f", (numbers.gauss(0, spread) if spread else 1.0 for _ in range(prod(shape))))
            file.write(weights.tobytes().ljust(padded(4 * prod(shape)), b"\0"))


def metadata(vocabulary):
    """The entries of the file's head: of what kind each is, and its value; of an array also of what kind its items are."""
    texts = [token for token, _ in vocabulary]
    kinds = [kind for _, kind in vocabulary]
    # Of two that can be joined, those come first whose whole stands further ahead.
    scores = [-float(place) if kind == NORMAL else 0.0 for place, kind in enumerate(kinds)]
    return {
        "general.architecture": (TEXT, "llama"),
        "general.name": (TEXT, "random"),
        "llama.context_length": (NUMBER, CONTEXT),
        "llama.embedding_length": (NUMBER, WIDTH),
        "llama.feed_forward_length": (NUMBER, HIDDEN),
        "llama.block_count": (NUMBER, LAYERS),
        "llama.attention.head_count": (NUMBER, HEADS),
        "llama.rope.dimension_count": (NUMBER, WIDTH // HEADS),
        "llama.attention.layer_norm_rms_epsilon": (FRACTION, 1e-5),
        "tokenizer.ggml.model": (TEXT, "llama"),
        "tokenizer.ggml.tokens": (ARRAY, (TEXT, texts)),
        "tokenizer.ggml.scores": (ARRAY, (FRACTION, scores)),
        "tokenizer.ggml.token_type": (ARRAY, (SIGNED, kinds)),
        "tokenizer.ggml.unknown_token_id": (NUMBER, 0),
        "tokenizer.ggml.bos_token_id": (NUMBER, 1),
        "tokenizer.ggml.eos_token_id": (NUMBER, 2),
        "tokenizer.ggml.add_space_prefix": (TRUTH, False),
        "tokenizer.chat_template": (TEXT, TEMPLATE),
    }


def shapes(vocabulary):
    """Name, shape and spread of each tensor; without a spread it is all ones."""
    yield "token_embd.weight", (WIDTH, vocabulary), 1.0
    yield "output_norm.weight", (WIDTH,), None
    yield "output.weight", (WIDTH, vocabulary), 0.1
    for layer in range(LAYERS):
        for name, shape in [
            ("attn_q", (WIDTH, WIDTH)), ("attn_k", (WIDTH, WIDTH)), ("attn_v", (WIDTH, WIDTH)),
            ("attn_output", (WIDTH, WIDTH)), ("ffn_gate", (WIDTH, HIDDEN)), ("ffn_up", (WIDTH, HIDDEN)),
            ("ffn_down", (HIDDEN, WIDTH)),
        ]:
            yield f"blk.{layer}.{name}.weight", shape, 0.1
        for name in ["attn_norm", "ffn_norm"]:
            yield f"blk.{layer}.{name}.weight", (WIDTH,), None


def encoded(kind, value):
    if kind == TEXT:
        return text(value)
    if kind == ARRAY:
        inner, items = value
        return struct.pack("<IQ", inner, len(items)) + b"".join(encoded(inner, item) for item in items)
    return struct.pack({NUMBER: "<I", SIGNED: "<i", FRACTION: "<f", TRUTH: "<?"}[kind], value)


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def padded(count):
    return count + -count % 32
