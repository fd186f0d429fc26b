"""A real llama.cpp server on loopback, with a model of random weights."""

import os
import tempfile
from urllib.parse import urlsplit

import xllamacpp

import random_model

MODEL = "random"


class Llama:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="arbiter-llama-")
        path = os.path.join(self.folder.name, "random.gguf")
        random_model.write(path)
        parameters = xllamacpp.CommonParams()
        parameters.model.path = path
        parameters.model_alias = {MODEL}
        parameters.hostnames = ["127.0.0.1"]
        parameters.port = 0
        parameters.n_parallel = 4
        parameters.n_ctx = 4 * random_model.CONTEXT
        parameters.cpuparams.n_threads = 1
        parameters.cpuparams_batch.n_threads = 1
        parameters.warmup = False
        parameters.fit_params = False
        parameters.verbosity = -1
        self.server = xllamacpp.Server(parameters)
        self.port = urlsplit(self.server.listening_address).port

    def close(self):
        del self.server
        self.folder.cleanup()
