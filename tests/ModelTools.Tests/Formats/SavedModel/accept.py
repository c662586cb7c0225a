"""Puts SavedModel directories through everything in TensorFlow and Keras that takes one.

accept.py FOLDER: for each case of FOLDER/cases.json the directory FOLDER/<case> is the SavedModel, <case>.h5 the same model
as tf_keras reads it safely, <case>.io.h5 recorded inputs and outputs. Prints {case: {row: "ok" or what is wrong}}.
"""
import contextlib
import json
import os
import sys
import time

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="")
import h5py
import keras
import numpy as np
import tensorflow as tf
import tf_keras
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2
from tensorflow.python.tools import saved_model_cli

FOLDER = sys.argv[1]


def read(group):
    return {name: data[()] for name, data in group.items()}


def listed(value):
    return [value[name] for name in sorted(value)] if isinstance(value, dict) else list(value) if isinstance(value, (list, tuple)) else [value]


class Case:
    def __init__(self, name, facts):
        self.name, self.facts, self.tolerance = name, facts, facts["tolerance"]
        self.path = os.path.join(FOLDER, name)
        with h5py.File(self.path + ".io.h5") as recorded:
            self.inputs, self.outputs = read(recorded["inputs"]), read(recorded["outputs"])
        self.reference = tf_keras.models.load_model(self.path + ".h5")
        self.loaded = tf.saved_model.load(self.path)
        self.signature = self.loaded.signatures["serving_default"]

    def feed(self, rows=4):
        return {name: tf.constant(value[:rows]) for name, value in self.inputs.items()}

    def argument(self, feed=None):
        feed = feed or self.feed()
        ordered = [feed[name] for name in self.facts["inputs"]]
        return ordered if len(ordered) > 1 else ordered[0]

    def compare(self, answer, rows=4):
        if not isinstance(answer, dict):
            answer = dict(zip(self.facts["outputs"], listed(answer)))
        assert sorted(answer) == sorted(self.outputs), sorted(answer)
        for name, expected in self.outputs.items():
            got, want = np.asarray(answer[name], np.float64), expected[:rows].astype(np.float64)
            assert got.shape == want.shape, (got.shape, want.shape)
            worst = float(np.max(np.abs(got - want) / (1 + np.abs(want))))
            assert worst <= self.tolerance, "%s differs by %.1e" % (name, worst)

    def row_signature(self):
        for rows in (1, 4, 33):
            self.compare(self.signature(**self.feed(rows)), rows)

    def row_call(self):
        arrays = {name: value.numpy() for name, value in self.feed().items()}
        self.compare(self.loaded(self.argument(arrays)))
        self.compare(self.loaded(self.argument(), training=False))

    def row_training(self):
        trained = tf.saved_model.load(self.path)
        before = [value.numpy() for value in trained.variables]
        trained(self.argument(), training=True)
        moved = sum(not np.array_equal(value, old) for value, old in zip(trained.variables, before))
        assert moved == self.facts["moving"], "%d variables changed" % moved
        assert len(trained.variables) == len(self.reference.weights)
        assert len(trained.trainable_variables) == len(self.reference.trainable_weights)

    def row_keras(self):
        model = tf_keras.models.load_model(self.path)
        model.summary(print_fn=lambda line: None)
        assert type(model) is type(self.reference), type(model)
        assert model.get_config() == self.reference.get_config(), (model.get_config(), self.reference.get_config())
        assert [weight.name for weight in model.weights] == [weight.name for weight in self.reference.weights], [weight.name for weight in model.weights]
        for weight, other in zip(model.weights, self.reference.weights):
            assert weight.trainable == other.trainable and np.array_equal(weight, other), weight.name
        self.compare(model.predict(self.argument(), verbose=0))

    def row_optimizer(self):
        model, other = tf_keras.models.load_model(self.path), tf_keras.models.load_model(self.path + ".h5")
        if not self.facts["steps"]:
            assert model.optimizer is None
            return
        assert type(model.optimizer) is type(other.optimizer), type(model.optimizer)
        assert int(model.optimizer.iterations) == self.facts["steps"], int(model.optimizer.iterations)
        model.optimizer.build(model.trainable_variables)
        assert len(model.optimizer.variables) == len(other.optimizer.variables)
        for mine, theirs in zip(model.optimizer.variables, other.optimizer.variables):
            assert np.array_equal(mine, theirs), mine.name
        target = np.arange(4) % self.reference.output_shape[-1]
        losses = [one.fit(self.argument(), target, epochs=3, verbose=0, shuffle=False).history["loss"] for one in (model, other)]
        assert self.facts["dropout"] or np.allclose(*losses, atol=1e-5), losses

    def row_fit(self):
        model = tf_keras.models.load_model(self.path, compile=False)
        model.compile("adam", "mse")
        model.fit(self.argument(), [np.zeros_like(self.outputs[name][:4]) for name in self.facts["outputs"]], verbose=0)

    def row_load_weights(self):
        if not self.reference.weights:
            return
        model = tf_keras.models.clone_model(self.reference)
        prefix = os.path.join(self.path, "variables", "variables")
        if self.facts["steps"]:
            model.compile(type(self.reference.optimizer).from_config(self.reference.optimizer.get_config()), self.reference.loss)
            model.optimizer.build(model.trainable_variables)
        model.load_weights(prefix).assert_consumed()
        assert all(np.array_equal(mine, theirs) for mine, theirs in zip(model.get_weights(), self.reference.get_weights()))

    def row_layer_of_keras3(self):
        for endpoint in ("serve", "serving_default"):
            layer = keras.layers.TFSMLayer(self.path, call_endpoint=endpoint)
            self.compare(layer(self.argument()) if endpoint == "serve" or len(self.inputs) == 1 else layer.call_endpoint_fn(**self.feed()))
            assert len(layer.trainable_weights) == len(self.reference.trainable_weights)

    def row_session(self):
        with tf.Graph().as_default(), tf.compat.v1.Session() as session:
            graph = tf.compat.v1.saved_model.loader.load(session, ["serve"], self.path)
            signature = graph.signature_def["serving_default"]
            answer = session.run({name: info.name for name, info in signature.outputs.items()},
                                 {signature.inputs[name].name: value[:4] for name, value in self.inputs.items()})
            session.run(graph.saver_def.save_tensor_name, {graph.saver_def.filename_tensor_name: self.path + "-session"})
        self.compare(answer)

    def row_command_line(self):
        np.savez(self.path + ".npz", **{name: value[:4] for name, value in self.inputs.items()})
        parser = saved_model_cli.create_parser()
        for arguments in (["show", "--dir", self.path, "--all"],
                          ["run", "--dir", self.path, "--tag_set", "serve", "--signature_def", "serving_default", "--outdir", self.path + "-cli", "--overwrite",
                           "--inputs", ";".join("%s=%s.npz[%s]" % (name, self.path, name) for name in self.inputs)]):
            with tf.Graph().as_default():
                parsed = parser.parse_args(arguments)
                parsed.func() if isinstance(parsed.func, type(self.row_session)) else parsed.func(parsed)
        self.compare({name: np.load(os.path.join(self.path + "-cli", name + ".npy")) for name in self.outputs})

    def row_tflite(self):
        interpreter = tf.lite.Interpreter(model_content=tf.lite.TFLiteConverter.from_saved_model(self.path).convert())
        self.compare(interpreter.get_signature_runner("serving_default")(**{name: value[:self.facts["tflite_rows"]] for name, value in self.inputs.items()}), self.facts["tflite_rows"])

    def row_saved_again(self):
        tf.saved_model.save(self.loaded, self.path + "-tf", signatures=self.loaded.signatures)
        again = tf.saved_model.load(self.path + "-tf")
        self.compare(again.signatures["serving_default"](**self.feed()))
        self.compare(again(self.argument()))
        tf_keras.models.load_model(self.path, compile=False).save(self.path + "-keras", save_format="tf", save_traces=False)
        self.compare(tf_keras.models.load_model(self.path + "-keras").predict(self.argument(), verbose=0))

    def row_gradients(self):
        def gradients(function, variables):
            with tf.GradientTape() as tape:
                loss = sum(tf.reduce_sum(tf.cast(value, tf.float32) ** 2) for value in listed(function()))
            return [tf.convert_to_tensor(gradient).numpy() for gradient in tape.gradient(loss, variables)] if variables else []

        want = gradients(lambda: self.reference(self.argument(), training=False), self.reference.trainable_variables)
        for function in (lambda: self.loaded(self.argument(), training=False), lambda: self.signature(**self.feed())):
            for got, expected in zip(gradients(function, self.loaded.trainable_variables), want):
                worst = float(np.abs(got - expected).max() / (1 + np.abs(expected).max()))
                assert worst <= 10 * self.tolerance, "%.1e" % worst

    def row_frozen(self):
        frozen = convert_variables_to_constants_v2(self.signature)
        assert not any(node.op == "ReadVariableOp" for node in frozen.graph.as_graph_def().node)
        feed = self.feed()
        self.compare(dict(zip(sorted(self.outputs), frozen(*[feed[name] for name in sorted(feed)]))))

    def row_compiled(self):
        for compiled in (False, True):
            self.compare(tf.function(lambda argument: self.loaded(argument), jit_compile=compiled)(self.argument()))

    def row_checkpoint(self):
        stored = tf.train.list_variables(os.path.join(self.path, "variables", "variables"))
        optimizer = len(self.reference.optimizer.variables) + (1 if not any("learning_rate" in v.name for v in self.reference.optimizer.variables) else 0) if self.facts["steps"] else 0
        assert len(stored) == len(self.reference.weights) + 1 + optimizer, [name for name, _ in stored]


def check(name, facts):
    rows = {}
    try:
        case = Case(name, facts)
    except Exception as error:
        return {"opened": "%s: %s" % (type(error).__name__, str(error)[:1500])}
    for row in [member for member in dir(Case) if member.startswith("row_")]:
        start = time.time()
        try:
            getattr(case, row)()
            rows[row[4:]] = "ok"
        except BaseException as error:  # SystemExit of the command line included
            rows[row[4:]] = "%s: %s" % (type(error).__name__, str(error)[:1500])
        print("%s %s %.1fs %s" % (name, row[4:], time.time() - start, rows[row[4:]]), file=sys.stderr, flush=True)
    return rows


with open(os.path.join(FOLDER, "cases.json")) as source:
    cases = json.load(source)
with contextlib.redirect_stdout(sys.stderr):
    results = {name: check(name, facts) for name, facts in cases.items() if len(sys.argv) < 3 or name in sys.argv[2:]}
print(json.dumps(results))
