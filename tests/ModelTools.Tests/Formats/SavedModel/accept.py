"""Puts SavedModel directories through everything in TensorFlow and Keras that takes one.

accept.py FOLDER: for each case of FOLDER/cases.json the directory FOLDER/<case> is the SavedModel, <case>.h5 the same model
in another format, <case>.io.h5 recorded inputs, outputs and optimizer state. Prints {case: {row: "ok" or what is wrong}}.
"rows" of a case names the rows wanted, where not all are.
"""
import contextlib
import functools
import io
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
    found = {}
    group.visititems(lambda name, item: found.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)  # names with a slash included
    return found


def listed(value):
    return [value[name] for name in sorted(value)] if isinstance(value, dict) else list(value) if isinstance(value, (list, tuple)) else [value]


def first_difference(mine, real, path=""):
    if isinstance(mine, dict) and isinstance(real, dict) and mine.keys() == real.keys():
        return next((found for key in mine if (found := first_difference(mine[key], real[key], path + "/" + key))), "")
    if isinstance(mine, (list, tuple)) and isinstance(real, (list, tuple)) and len(mine) == len(real):
        return next((found for i in range(len(mine)) if (found := first_difference(mine[i], real[i], "%s/%d" % (path, i)))), "")
    return "" if mine == real else "%s: %s instead of %s" % (path, str(mine)[:600], str(real)[:600])


class Case:
    def __init__(self, name, facts):
        self.name, self.facts, self.tolerance = name, facts, facts["tolerance"]
        self.path = os.path.join(FOLDER, name)
        with h5py.File(self.path + ".io.h5") as recorded:
            self.inputs, self.outputs = read(recorded["inputs"]), read(recorded["outputs"])
            state = read(recorded["optimizer"]) if "optimizer" in recorded else {}
        self.state = [state[key] for key in sorted(state, key=int)]
        self.loaded = tf.saved_model.load(self.path)
        self.signature = self.loaded.signatures["serving_default"]

    @functools.cached_property
    def reference(self):
        return tf_keras.models.load_model(self.path + ".h5", compile=False)

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
            worst = float(np.max(np.where((got == want) | (np.isnan(got) & np.isnan(want)), 0, np.abs(got - want) / (1 + np.abs(want))), initial=0))
            assert worst <= self.tolerance, "%s differs by %.1e" % (name, worst)

    def row_signature(self):
        for rows in self.facts["batches"]:
            try:
                answer = self.signature(**self.feed(rows))
            except (tf.errors.UnimplementedError, tf.errors.InvalidArgumentError):  # no kernel for CPUs: dilated depthwise and transposed convolutions
                answer = tf.function(lambda feed: self.signature(**feed), jit_compile=True)(self.feed(rows))
            self.compare(answer, rows)

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
        self.reference.save(self.path + "-real", save_format="tf", save_traces=False)
        real = tf_keras.models.load_model(self.path + "-real", compile=False)
        assert model.get_config() == real.get_config(), first_difference(model.get_config(), real.get_config())
        assert [weight.name for weight in model.weights] == [weight.name for weight in real.weights], [weight.name for weight in model.weights]
        for weight, other in zip(model.weights, self.reference.weights):
            assert weight.trainable == other.trainable and np.array_equal(weight, other), weight.name
        self.compare(model.predict(self.argument(), verbose=0))

    def row_optimizer(self):
        model = tf_keras.models.load_model(self.path)
        if not self.state:
            assert model.optimizer is None
            return
        model.optimizer.build(model.trainable_variables)
        self.compare_optimizer(model.optimizer)
        other = self.compiled()
        for variable, value in zip(self.variables_of(other.optimizer), self.state):
            variable.assign(value)
        target = np.arange(4) % model.output_shape[-1]
        losses = [one.fit(self.argument(), target, epochs=3, verbose=0, shuffle=False).history["loss"] for one in (model, other)]
        assert self.facts["dropout"] or np.allclose(*losses, atol=1e-5), losses

    def compiled(self):
        model = tf_keras.models.clone_model(self.reference)
        model.set_weights(self.reference.get_weights())
        if self.state:
            model.compile(tf_keras.optimizers.get(self.facts["optimizer"]), "sparse_categorical_crossentropy")
            model.optimizer.build(model.trainable_variables)
        return model

    @staticmethod
    def variables_of(optimizer):
        return [variable for variable in optimizer.variables if "learning_rate" not in variable.name]

    def compare_optimizer(self, optimizer):
        variables = self.variables_of(optimizer)
        assert len(variables) == len(self.state), [variable.name for variable in variables]
        for variable, value in zip(variables, self.state):
            assert np.array_equal(variable, value), variable.name

    def row_fit(self):
        model = tf_keras.models.load_model(self.path, compile=False)
        model.compile("adam", "mse")
        model.fit(self.argument(), [np.zeros_like(self.outputs[name][:4]) for name in self.facts["outputs"]], verbose=0)

    def row_load_weights(self):
        if not self.reference.weights:
            return
        model = self.compiled()
        for weight in model.weights:
            weight.assign(np.zeros_like(weight))
        model.load_weights(os.path.join(self.path, "variables", "variables")).assert_consumed()
        assert all(np.array_equal(mine, theirs) for mine, theirs in zip(model.get_weights(), self.reference.get_weights()))
        if self.state:
            self.compare_optimizer(model.optimizer)

    def row_layer_of_keras3(self):
        for endpoint in ("serve", "serving_default"):
            layer = keras.layers.TFSMLayer(self.path, call_endpoint=endpoint)
            self.compare(layer(self.argument()) if endpoint == "serve" or len(self.inputs) == 1 else layer.call_endpoint_fn(**self.feed()))
            assert len(layer.trainable_weights) == self.facts["trainable"]

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
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            saved_model_cli._show_all(self.path)
        assert "serving_default" in shown.getvalue() and "Function Name: '__call__'" in shown.getvalue(), shown.getvalue()
        feed = saved_model_cli.load_inputs_from_input_arg_string(";".join("%s=%s.npz[%s]" % (name, self.path, name) for name in self.inputs), "", "")
        saved_model_cli.run_saved_model_with_feed_dict(self.path, "serve", "serving_default", feed, self.path + "-cli", True)
        self.compare({name: np.load(os.path.join(self.path + "-cli", name + ".npy")) for name in self.outputs})

    def row_tflite(self):
        interpreter = tf.lite.Interpreter(model_content=tf.lite.TFLiteConverter.from_saved_model(self.path).convert())
        self.compare(interpreter.get_signature_runner("serving_default")(**{name: value[:4] for name, value in self.inputs.items()}))

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
        rate_and_state = 1 + len(self.state) if self.state else 0
        assert len(stored) == len(self.reference.weights) + 1 + rate_and_state, [name for name, _ in stored]


def check(name, facts):
    rows = {}
    try:
        case = Case(name, facts)
    except Exception as error:
        return {"opened": "%s: %s" % (type(error).__name__, str(error)[:1500])}
    for row in ["row_" + row for row in facts["rows"]] if "rows" in facts else [member for member in dir(Case) if member.startswith("row_")]:
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
