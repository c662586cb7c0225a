using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;

namespace ModelTools.Reporting;

/// <summary>Shows a model as one HTML page that needs nothing else: no server, no network, no other file.</summary>
/// <remarks>The same model gives the same bytes. Names and options of the model are data in the page and are never taken for markup or script.</remarks>
public static class ModelPage
{
    /// <summary>Writes the page of a model.</summary>
    /// <param name="model">Any model, built or not.</param>
    /// <param name="path">The page; the usual extension is <c>.html</c>.</param>
    /// <param name="options">What is shown.</param>
    /// <param name="source">The file that the model came from, as <see cref="ModelFile.Inspect"/> tells it; null if it came from none.</param>
    /// <exception cref="ModelToolsException">MT6001: no such folder; MT6002: the page exists; MT6003, MT6007: it cannot be written.</exception>
    public static void Write(Model model, string path, ModelPageOptions? options = null, ModelInfo? source = null)
    {
        options ??= ModelPageOptions.Default;
        Write(PageData.Of(model, source, options), path, options);
    }

    /// <summary>Writes the page of a file in any format: its model, or its tensors where it holds weights only.</summary>
    /// <param name="source">The file.</param>
    /// <param name="path">The page.</param>
    /// <param name="options">What is shown; without <see cref="ModelPageOptions.Values"/> no weight is read.</param>
    /// <exception cref="ModelToolsException">MT1xxx, MT2xxx, MT4xxx: the file cannot be read; and as for a model.</exception>
    public static void WriteFile(string source, string path, ModelPageOptions? options = null)
    {
        options ??= ModelPageOptions.Default;
        var info = ModelFile.Inspect(source);
        var hasLayers = info.Model?.AllLayers.Count > 0;
        var model = hasLayers && options.Values ? ModelFile.Load(source, new ModelReadOptions { Progress = options.Progress, Cancellation = options.Cancellation }) : info.Model;
        Write(hasLayers ? PageData.Of(model!, info, options) : PageData.Of(info, options), path, options);
    }

    private static void Write(PageData data, string path, ModelPageOptions options)
    {
        var page = PageTemplate.Fill(data);
        options.Cancellation.ThrowIfCancellationRequested();
        AtomicTarget.WriteFile(path, options.Force, stream => stream.Write(page));
    }
}
