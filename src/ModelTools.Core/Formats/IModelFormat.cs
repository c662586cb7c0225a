using ModelTools.Diagnostics;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Formats;

/// <summary>One container of models or weights. A format knows no other format: conversion is read, then write.</summary>
/// <remarks>Members that a format does not support (see <see cref="Reads"/> and <see cref="Writes"/>) are never called.</remarks>
public interface IModelFormat
{
    /// <summary>Name as users type it, such as <c>KerasH5</c>.</summary>
    string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    string Title { get; }

    /// <summary>Extensions that choose it for writing, the usual one first; empty for directories.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>What is read from it.</summary>
    ModelParts Reads { get; }

    /// <summary>What is written to it.</summary>
    ModelParts Writes { get; }

    /// <summary>Recognises the format by content: cheap, reads a few kilobytes, never throws for foreign content.</summary>
    /// <param name="path">An existing file or directory, or a checkpoint's prefix.</param>
    /// <param name="limits">Limits for the file.</param>
    bool Matches(string path, ModelReadLimits limits);

    /// <summary>Reads the structure and how it is trained, and leaves the weights in the file.</summary>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT3xxx, MT4xxx.</exception>
    OpenModel Open(string path, ModelReadOptions options);

    /// <summary>Goes over every stored tensor, those of the optimizer too; each can be read until the next one is asked for.</summary>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx.</exception>
    IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(string path, ModelReadOptions options);

    /// <summary>Finds out which stored tensor belongs to which weight of a model, without changing it.</summary>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx: the file; MT3xxx: the structures differ.</exception>
    WeightAssignment MatchWeights(string path, Model model, ModelReadOptions options);

    /// <summary>Lists what the file holds, without reading weights; unsafe or damaged parts become findings.</summary>
    ModelInfo Inspect(string path, ModelReadLimits limits);

    /// <summary>Writes the whole model, all or nothing.</summary>
    /// <exception cref="ModelToolsException">MT4xxx: the format cannot hold it; MT6xxx: the target.</exception>
    void Write(Model model, string path, ModelWriteOptions options);

    /// <summary>Writes the weights only, all or nothing.</summary>
    /// <exception cref="ModelToolsException">MT6xxx: the target.</exception>
    void WriteWeights(Model model, string path, ModelWriteOptions options);
}
