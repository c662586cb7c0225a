using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>A weight: its place, its type, and a value that is made or read when it is needed.</summary>
public sealed class Variable
{
    private Tensor? _value;

    /// <summary>Makes a weight without a value.</summary>
    /// <param name="name">Role in the layer, such as <c>kernel</c>.</param>
    /// <param name="fullName">Keras 2's name without <c>:0</c>, such as <c>lstm/lstm_cell/kernel</c>; not always unique in a model.</param>
    /// <param name="shape">A known shape.</param>
    /// <param name="dtype">Element type.</param>
    public Variable(string name, string fullName, Shape shape, DType dtype)
    {
        Name = name;
        FullName = fullName;
        Shape = shape;
        DType = dtype;
    }

    /// <summary>Role in the layer.</summary>
    public string Name { get; }

    /// <summary>Keras 2's variable name without <c>:0</c>.</summary>
    public string FullName { get; internal set; }

    /// <summary>Dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>Element type.</summary>
    public DType DType { get; internal set; }

    /// <summary>True unless the layer made it as a statistic or counter; a frozen layer does not change this.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>Makes the first values.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>Penalty in training.</summary>
    public Regularizer? Regularizer { get; init; }

    /// <summary>Projection in training.</summary>
    public Constraint? Constraint { get; init; }

    /// <summary>Grows with every new value, so that copies elsewhere know that they are old.</summary>
    public int Version { get; private set; }

    /// <summary>True once a value was assigned or made.</summary>
    public bool HasValue => _value is not null;

    /// <summary>The value; made by the initializer when there was none.</summary>
    /// <exception cref="ModelToolsException">MT3002: an assigned value has another shape.</exception>
    public Tensor Value
    {
        get => _value ??= (Initializer ?? throw new ModelToolsException(ErrorCode.WeightMissing, $"The weight {FullName} has no value.")).Create(Shape, DType, Random.Shared);
        set
        {
            if (!value.Shape.Equals(Shape))
            {
                throw new ModelToolsException(ErrorCode.WeightShapeMismatch, $"The weight {FullName} has shape {Shape}; a value of shape {value.Shape} does not fit.")
                {
                    Location = FullName,
                    Advice = "Give a value of the weight's own shape.",
                };
            }

            _value = value;
            Version++;
        }
    }

    /// <summary>Makes the first value from a given source of random numbers, if there is no value yet.</summary>
    public void Initialize(Random random) => _value ??= Initializer?.Create(Shape, DType, random);

    /// <inheritdoc/>
    public override string ToString() => PlainText.Line($"{FullName}: {DType.Name()} {Shape}");
}
