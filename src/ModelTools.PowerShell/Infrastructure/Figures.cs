using System.Management.Automation;
using ModelTools.Torch.Training;

namespace ModelTools.Infrastructure;

/// <summary>Losses and metrics as properties of an object, so that <c>$_.loss</c> and <c>$_.val_accuracy</c> are there.</summary>
internal static class Figures
{
    /// <summary>Adds the figures to a record.</summary>
    public static PSObject On(object record, IEnumerable<Measurement> measurements)
    {
        var result = PSObject.AsPSObject(record);
        foreach (var measurement in measurements)
        {
            result.Properties.Add(new PSNoteProperty(measurement.Name, measurement.Values.Count == 1 ? measurement.Value : measurement.Values));
        }

        return result;
    }

    /// <summary>An object of the figures alone.</summary>
    public static PSObject Of(string model, IEnumerable<Measurement> measurements)
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, "ModelTools.Measurements");
        result.Properties.Add(new PSNoteProperty("Model", model));
        return On(result, measurements);
    }
}
