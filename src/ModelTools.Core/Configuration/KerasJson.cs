using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Keras's JSON of models: what <c>model.to_json()</c> gives and what every container of Keras holds.</summary>
public static class KerasJson
{
    private const string CompileMember = "compile_config";

    /// <summary>Makes a model from its configuration; built where the configuration tells the input shape, with weights that have no values yet.</summary>
    /// <param name="config">An object with <c>class_name</c> and <c>config</c>.</param>
    /// <param name="dialect">The generation that wrote it; null to tell it from the content.</param>
    /// <param name="findings">Takes what deserves a warning: unknown layers, code.</param>
    /// <exception cref="ModelToolsException">MT1006: not a configuration of a model; MT1011: not a valid graph; MT3006, MT3007: layers that do not fit or are not valid.</exception>
    public static Model ReadModel(ConfigValue config, KerasDialect? dialect = null, ICollection<ModelFinding>? findings = null)
    {
        var serialised = config as ConfigObject ?? throw new ModelToolsException(ErrorCode.CorruptConfiguration, $"The model's configuration is {config.KindName}, not an object.");
        var context = new ReadContext(dialect ?? DialectDetector.Detect(serialised)) { Findings = findings ?? [] };
        ConfigSafety.Report(serialised, context);
        return ModelReader.Read(serialised, context);
    }

    /// <summary>Writes a model's configuration.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dialect">The generation to write for.</param>
    /// <param name="form">How much stands beside <c>class_name</c> and <c>config</c>.</param>
    /// <param name="forBothGenerations">Write graphs of Keras 2 so that Keras 3 can read them too; for HDF5 files, which both read.</param>
    /// <exception cref="ModelToolsException">MT4003: the dialect has no way to say something of the model.</exception>
    public static ConfigObject WriteModel(Model model, KerasDialect dialect, KerasForm form, bool forBothGenerations = false) => Obstacles.Find(model, dialect) is { } obstacle
        ? throw new ModelToolsException(ErrorCode.UnsupportedConversion, obstacle) { Advice = "Write the model for the other generation of Keras, or take the part out of it." }
        : new ModelWriter(new WriteContext(dialect, model.Dialect) { ForBothGenerations = forBothGenerations }, form).Write(model);

    /// <summary>Tells the generation for which a model is written where the user does not say it: the preferred one, unless only the other can say all of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="preferred">The container's own generation.</param>
    public static KerasDialect ChooseDialect(Model model, KerasDialect preferred)
    {
        var other = preferred is KerasDialect.Keras2 ? KerasDialect.Keras3 : KerasDialect.Keras2;
        return Obstacles.Find(model, preferred) is not null && Obstacles.Find(model, other) is null ? other : preferred;
    }

    /// <summary>Makes a model of the same structure and training, without values.</summary>
    /// <param name="model">The model, which stays as it is.</param>
    internal static Model Copy(Model model)
    {
        var copy = ReadModel(WriteModel(model, model.Dialect, KerasForm.WithModules), model.Dialect);
        copy.Training = model.Training;
        return copy;
    }

    /// <summary>Writes the config of one layer, without the calls: <c>{"class_name", "config"}</c> and what the form adds.</summary>
    /// <param name="model">The model to which the layer belongs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="dialect">The generation to write for.</param>
    /// <param name="form">How much stands beside <c>class_name</c> and <c>config</c>.</param>
    public static ConfigObject WriteLayer(Model model, ModelLayer layer, KerasDialect dialect, KerasForm form) =>
        new ModelWriter(new WriteContext(dialect, model.Dialect), form).WriteLayer(layer);

    /// <summary>Makes a training configuration from <c>training_config</c> (HDF5) or <c>compile_config</c> (<c>.keras</c>).</summary>
    /// <param name="config">The object.</param>
    /// <param name="dialect">The generation that wrote it.</param>
    /// <param name="findings">Takes what cannot be read: such parts are left out and never keep a model from being read.</param>
    /// <returns>The configuration; null if the model was not compiled.</returns>
    public static TrainingConfiguration? ReadTraining(ConfigValue config, KerasDialect dialect, ICollection<ModelFinding>? findings = null) =>
        TrainingReader.Read(config, new ReadContext(dialect) { Findings = findings ?? [] });

    /// <summary>Writes structure and training in one, as in the <c>config.json</c> of an archive.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dialect">The generation to write for.</param>
    /// <param name="training">Write how it is trained, where it is compiled.</param>
    /// <exception cref="ModelToolsException">MT4003: the dialect has no way to say something of the model.</exception>
    internal static ConfigObject WriteWhole(Model model, KerasDialect dialect, bool training)
    {
        var root = WriteModel(model, dialect, KerasForm.WithModules);
        return training && model.Training is not null ? root.With(CompileMember, WriteTraining(model, dialect, KerasForm.WithModules)) : root;
    }

    /// <summary>Reads what <see cref="WriteWhole"/> writes.</summary>
    /// <param name="root">The configuration.</param>
    /// <param name="dialect">The generation that wrote it.</param>
    /// <param name="training">Read how it is trained too.</param>
    /// <param name="findings">Takes what deserves a warning.</param>
    internal static Model ReadWhole(ConfigObject root, KerasDialect dialect, bool training, ICollection<ModelFinding> findings)
    {
        var model = ReadModel(root, dialect, findings);
        if (training && root.Find(CompileMember) is ConfigObject { Count: > 0 } config)
        {
            model.Training = ReadTraining(config, dialect, findings);
        }

        return model;
    }

    /// <summary>Writes a training configuration.</summary>
    /// <param name="model">A compiled model.</param>
    /// <param name="dialect">The generation to write for.</param>
    /// <param name="form"><see cref="KerasForm.Plain"/> for <c>training_config</c>, <see cref="KerasForm.WithModules"/> for <c>compile_config</c>.</param>
    /// <param name="forBothGenerations">Leave out what Keras 3 refuses, though Keras 2 then takes the optimizer for one of its older classes; for HDF5 files, which both read.</param>
    public static ConfigObject WriteTraining(Model model, KerasDialect dialect, KerasForm form, bool forBothGenerations = false) =>
        new TrainingWriter(model, new WriteContext(dialect, model.Dialect) { ForBothGenerations = forBothGenerations }, form).Write();

    /// <summary>Makes a layer from its configuration (<c>class_name</c> and <c>config</c>), or another of Keras's objects.</summary>
    /// <param name="config">The object.</param>
    /// <param name="dialect">The generation that wrote it.</param>
    /// <exception cref="ModelToolsException">MT1006: not a configuration of a layer.</exception>
    public static Layer ReadLayer(ConfigValue config, KerasDialect dialect) => (Layer)ObjectReader.Read(ObjectKind.Layer, config, new ReadContext(dialect));
}
