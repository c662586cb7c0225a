namespace ModelTools.Training;

/// <summary>Which of Keras's optimizer classes computed and stored a state.</summary>
public enum OptimizerGeneration
{
    /// <summary>Keras 3.</summary>
    Keras3,

    /// <summary>tf.keras 2.11 and later, tf_keras.</summary>
    Keras2,

    /// <summary>tf.keras up to 2.10, and <c>optimizers.legacy</c> after it.</summary>
    Keras2Legacy,

    /// <summary>Keras without TensorFlow's name: 2.0 to 2.3.</summary>
    MultiBackend,
}
