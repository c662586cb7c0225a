namespace ModelTools.Packaging;

/// <summary>How a class for a model is generated.</summary>
public sealed record GeneratedClassOptions
{
    /// <summary>Namespace and name, such as <c>Acme.Digits</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>Where the model lies at run time, relative to the folder of the program; with <c>/</c>.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Whether other assemblies see the class.</summary>
    public bool IsPublic { get; init; }
}
