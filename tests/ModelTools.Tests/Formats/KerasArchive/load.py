"""Loads archives and weights with one generation of Keras and says what is wrong with each.

load.py FRAMEWORK FOLDER: for each case of FOLDER/FRAMEWORK.json the archive "path", its weights "weights", recorded inputs and outputs "recording" (groups
"outputs": those of the generation that made the model, and of the one that loads it where their layers compute other numbers; "keys" of the inputs if they go by name); or, with "original", an archive of Keras itself with the same training state. Prints {case: "ok" or what is wrong}.
"""
import importlib
import json
import os
import sys

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="")
import h5py
import numpy as np
import tensorflow as tf

keras = importlib.import_module(sys.argv[1])


def values(group):
    return [group[str(i)][()] for i in range(len(group))]


def difference(got, wanted, tolerance):
    got = tf.nest.flatten(got)
    if len(got) != len(wanted):
        return "%d outputs instead of %d" % (len(got), len(wanted))
    for number, (mine, real) in enumerate(zip(got, wanted)):
        mine = np.asarray(tf.convert_to_tensor(mine))
        if mine.dtype.kind in "SO":
            if not np.array_equal(mine, np.asarray(real)):
                return "other texts"
        else:
            mine, real = mine.astype("float64"), np.asarray(real).astype("float64")
            worst = np.max(np.abs(mine - real) / (1 + np.abs(real)), initial=0)
            if not worst <= tolerance and not np.array_equal(mine, real, equal_nan=True):
                return "number %d differs by %g" % (number, worst)
    return ""


def outputs(model, given):
    for layer in model.layers:  # what a stateful layer kept of an earlier call
        if getattr(layer, "stateful", False) and hasattr(layer, "reset_states" if keras.__version__ < "3" else "reset_state"):
            layer.reset_states() if keras.__version__ < "3" else layer.reset_state()
    try:
        return model(given, training=False)
    except (tf.errors.InvalidArgumentError, tf.errors.UnimplementedError):  # what TensorFlow's kernels for the processor lack
        return tf.function(lambda: model(given, training=False), jit_compile=True)()


def check_model(case):
    model = keras.models.load_model(case["path"])
    with h5py.File(case["recording"]) as recorded:
        given, groups = values(recorded["inputs"]), [values(recorded[group]) for group in case["outputs"]]
    given = [tf.constant(value) for value in given]
    given = dict(zip(case["keys"], given)) if case["keys"] else given[0] if len(given) == 1 else given
    got = outputs(model, given)
    found = [difference(got, wanted, case["tolerance"]) for wanted in groups]
    if all(found):
        return "outputs: " + found[0]
    if case["weights"]:
        for variable in model.weights:
            variable.assign(np.zeros(variable.shape, variable.dtype if isinstance(variable.dtype, str) else variable.dtype.as_numpy_dtype))
        model.load_weights(case["weights"])
        found = difference(outputs(model, given), groups[found.index("")], case["tolerance"])
        if found:
            return "outputs after load_weights: " + found
    return "ok"


def variables(optimizer):
    found = optimizer.variables
    return [np.asarray(variable) for variable in (found() if callable(found) else found)]


def train(model):
    data = np.random.RandomState(5)
    x, y = data.normal(size=(8,) + tuple(model.input_shape[1:])).astype("float32"), np.eye(model.output_shape[-1], dtype="float32")[data.randint(0, model.output_shape[-1], 8)]
    return [np.asarray(model.train_on_batch(x, y)).ravel()[0] for _ in range(3)]


def check_training(case):
    mine, real = keras.models.load_model(case["path"]), keras.models.load_model(case["original"])
    ours, theirs = variables(mine.optimizer), variables(real.optimizer)
    if len(ours) != len(theirs):
        return "%d optimizer variables instead of %d" % (len(ours), len(theirs))
    for i, (a, b) in enumerate(zip(ours, theirs)):
        if not np.array_equal(a, b):
            return "optimizer variable %d: %s instead of %s" % (i, str(a)[:200], str(b)[:200])
    ours, theirs = train(mine), train(real)
    return "ok" if np.allclose(ours, theirs, rtol=1e-6, atol=0) else "losses %s instead of %s" % (ours, theirs)


def check(case):
    try:
        return check_training(case) if "original" in case else check_model(case)
    except Exception as error:
        return "%s: %s" % (type(error).__name__, str(error).strip()[:600])
    finally:
        keras.backend.clear_session()


with open(os.path.join(sys.argv[2], sys.argv[1] + ".json")) as file:
    print(json.dumps({name: check(case) for name, case in json.load(file).items()}))
