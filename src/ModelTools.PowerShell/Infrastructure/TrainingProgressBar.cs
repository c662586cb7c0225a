using System.Management.Automation;

namespace ModelTools.Infrastructure;

/// <summary>The progress bar of a training; ends with it.</summary>
internal sealed class TrainingProgressBar(Cmdlet cmdlet) : IDisposable
{
    private const string Activity = "Training";

    private readonly int _id = Random.Shared.Next();

    /// <summary>Shows how far it is.</summary>
    public void Write(TrainingNews news)
    {
        if (news.Epoch is null)
        {
            cmdlet.WriteProgress(new ProgressRecord(_id, Activity, news.Status) { PercentComplete = (int)news.Percent });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cmdlet.WriteProgress(new ProgressRecord(_id, Activity, "Done") { RecordType = ProgressRecordType.Completed });
}
