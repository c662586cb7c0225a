"""The peer's side: the same work with tf_keras, warm, best of three. Prints one JSON object: seconds by name."""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import tensorflow as tf
import tf_keras as keras


def best(work, rounds=3, prepare=None):
    times = []
    for _ in range(rounds):
        argument = prepare() if prepare else None
        start = time.perf_counter()
        work(argument) if prepare else work()
        times.append(time.perf_counter() - start)
    return min(times)


def large(width, layers):
    model = keras.Sequential([keras.layers.Dense(width) for _ in range(layers)])
    model.build((None, width))
    return model


def files(folder, width, layers):
    results, model = {}, large(width, layers)
    h5, ckpt, saved = (os.path.join(folder, name) for name in ("peer.h5", "peer.ckpt", "peer-savedmodel"))
    model.save(h5)
    results["h5 save"] = best(lambda: model.save(h5))
    results["h5 load"] = best(lambda: keras.models.load_model(h5))
    model.save_weights(ckpt)
    results["checkpoint save"] = best(lambda: model.save_weights(ckpt))
    results["checkpoint load"] = best(lambda: model.load_weights(ckpt))
    model.save(saved, save_format="tf")
    results["SavedModel save"] = best(lambda: model.save(saved, save_format="tf"))
    results["SavedModel load"] = best(lambda: keras.models.load_model(saved))
    return results


def digits(path):
    data = np.load(path)
    x, y = data["x"], data["y"]
    model = keras.Sequential([keras.layers.Dense(n, activation="relu") for n in (256, 128, 64, 32)] + [keras.layers.Dense(10)])
    model.compile(keras.optimizers.Adam(0.01), keras.losses.CategoricalCrossentropy(from_logits=True), ["accuracy"])
    results = {}
    for batch in (32, 128):
        model.fit(x, y, batch_size=batch, epochs=1, verbose=0)
        results[f"training epoch, batch {batch}"] = best(lambda: model.fit(x, y, batch_size=batch, epochs=1, verbose=0))
    one = tf.constant(x[:1])
    call = tf.function(lambda value: model(value, training=False))
    call(one)

    def many():
        for _ in range(200):
            call(one).numpy()
    many()
    results["prediction of one, compiled"] = best(many) / 200

    def eager():
        for _ in range(50):
            model(one, training=False).numpy()
    eager()
    results["prediction of one, model call"] = best(eager) / 50
    model.predict(x, batch_size=128, verbose=0)
    results["prediction of all, batch 128"] = best(lambda: model.predict(x, batch_size=128, verbose=0))
    return results


if __name__ == "__main__":
    folder, width, layers, data = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    print(json.dumps({**files(folder, width, layers), **digits(data)}))
