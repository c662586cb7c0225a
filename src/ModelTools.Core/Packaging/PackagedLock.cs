using ModelTools.Diagnostics;
using ModelTools.Validation;

namespace ModelTools.Packaging;

/// <summary>The lock that lies beside the models in a package.</summary>
internal static class PackagedLock
{
    /// <summary>Its text. Models are held against the lock that was given first.</summary>
    /// <exception cref="ModelToolsException">MT3009, MT3012 to MT3016: a model breaks the lock.</exception>
    public static string Text(IReadOnlyList<PackagedModel> models, ModelPackageOptions options)
    {
        var given = options.LockPath is null ? null : ModelLock.Read(options.LockPath);
        var packed = new ModelLock();
        foreach (var model in models)
        {
            var contract = ModelContract.Of(model.Path, cancellation: options.Cancellation);
            if (given is not null)
            {
                Check(model, given, options);
            }

            packed = packed.With(contract, Path.Combine("models", model.Name), Path.Combine("models", "models.lock.json"));
        }

        return LockText.Write(packed);
    }

    private static void Check(PackagedModel model, ModelLock given, ModelPackageOptions options)
    {
        var entry = given.Find(model.Path, options.LockPath!)
            ?? throw new ModelToolsException(ErrorCode.NotLocked, $"'{options.LockPath}' has no entry for '{model.Name}'.") { Path = model.Path };
        if (entry.Check(model.Path, cancellation: options.Cancellation) is [var broken, ..])
        {
            throw new ModelToolsException(broken.Code, broken.Message) { Path = model.Path, Location = broken.Location };
        }
    }
}
