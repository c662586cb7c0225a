using System.Management.Automation;
using ModelTools.Completion;
using ModelTools.Formats;
using ModelTools.Infrastructure;
using ModelTools.Models;
using ModelTools.Reporting;
using ModelTools.Torch.Training;

namespace ModelTools.Commands;

/// <summary>Show-Model: shows a model as a page in the browser, or writes the page. Keras: <c>plot_model</c>.</summary>
/// <remarks>As in every cmdlet that reads, <c>-Path</c> is the model's file; the page goes to <c>-OutputPath</c>.</remarks>
[Cmdlet(VerbsCommon.Show, "Model", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ShowModelCommand : ModelToolsCmdlet
{
    private readonly List<EpochResult> _epochs = [];
    private bool _isNamed;

    /// <summary>The model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Model")]
    public Model Model { get; set; } = null!;

    /// <summary>Files of models or weights; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The same, taken exactly as written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The page to write instead of opening the browser; in a folder that exists it is named after the model.</summary>
    [Parameter(Position = 1)]
    [Alias("OutFile", "Destination")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LiteralPathCompleter))]
    public string? OutputPath { get; set; }

    /// <summary>The records of Invoke-ModelTraining, for the curves; from the pipeline where the model is named.</summary>
    [Parameter(ValueFromPipeline = true)]
    public EpochResult[] History { get; set; } = [];

    /// <summary>Do not look at the numbers of the weights.</summary>
    [Parameter]
    public SwitchParameter NoValue { get; set; }

    /// <summary>Replace a page that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Pass the written page on.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // What is named before the pipeline starts does not come from it: then the pipeline can only bring the history.
    /// <inheritdoc/>
    protected override void Begin() => _isNamed = MyInvocation.BoundParameters.Keys.Any(name => name is nameof(Model) or nameof(Path) or nameof(LiteralPath));

    /// <inheritdoc/>
    protected override void Process()
    {
        if (_isNamed)
        {
            _epochs.AddRange(History);
        }
        else
        {
            ShowAll(History);
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_isNamed)
        {
            ShowAll(_epochs);
        }
    }

    private void ShowAll(IReadOnlyList<EpochResult> epochs)
    {
        if (ParameterSetName == "Model")
        {
            ForOne(Model, () => Show(Model.Name, null, epochs, (page, options) => ModelPage.Write(Model, page, options)));
            return;
        }

        var literal = ParameterSetName == "LiteralPath";
        foreach (var given in literal ? LiteralPath : Path)
        {
            ForOne(given, () =>
            {
                foreach (var file in literal ? [Paths.ExistingLiteral(given)] : Paths.Existing(given))
                {
                    ForOne(file, () => Show(System.IO.Path.GetFileName(file), file, epochs, (page, options) => ModelPage.WriteFile(file, page, options)));
                }
            });
        }
    }

    private void Show(string name, string? file, IReadOnlyList<EpochResult> epochs, Action<string, ModelPageOptions> write)
    {
        var page = OutputPath is null ? null : Paths.Target(OutputPath) is var target && Directory.Exists(target) ? PageFolder.PageIn(target, name) : target;
        if (page is null ? !ShouldProcess(name, "Show in the browser") : !ShouldWrite(page, $"Write the page of {name}", Force))
        {
            return;
        }

        page ??= PageFolder.PageOf(name, file);
        RunWithProgress($"Showing {name}", (progress, cancellation) => write(page, new ModelPageOptions
        {
            Values = !NoValue,
            History = HistoryCurves.Of(epochs),
            Force = Force || OutputPath is null,
            Progress = progress,
            Cancellation = cancellation,
        }));
        if (OutputPath is null && !BrowserLauncher.TryOpen(page))
        {
            WriteWarning($"No browser can be opened here. The page is '{page}'; -OutputPath writes it where you want it.");
        }

        if (PassThru)
        {
            WriteItem(page);
        }
    }
}
