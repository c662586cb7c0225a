using System.Text;
using ModelTools.Configuration;
using ModelTools.Configuration.Json;
using ModelTools.Formats.Hdf5;
using ModelTools.Formats.WeightsH5;
using ModelTools.Formats.Zip;
using ModelTools.Models;
using ModelTools.Objects;

namespace ModelTools.Formats.KerasArchive;

/// <summary>Writes archives as Keras does, except that nothing in them depends on the day: the same model gives the same bytes.</summary>
internal static class ArchiveWriter
{
    private const string Keras2Version = "2.15.0";
    private const string Keras3Version = "3.0.0";

    // The first day that a ZIP can name, as in the members' headers.
    private const string Date = "1980-01-01@00:00:00";

    /// <summary>Writes a model.</summary>
    public static void Write(Model model, string path, KerasDialect dialect, ModelWriteOptions options)
    {
        var weights = Hdf5Writer.Prepare(TreeWriter.Lay(model, dialect, options.TrainingState));
        var configuration = Encoding.UTF8.GetBytes(KerasJson.WriteWhole(model, dialect, options.TrainingState).ToJson());
        AtomicTarget.WriteFile(path, options.Force, stream =>
        {
            var zip = new ZipWriter(stream);
            zip.Add(ArchiveFile.Metadata, Metadata(dialect));
            zip.Add(ArchiveFile.Configuration, configuration);
            zip.Add(ArchiveFile.Weights, weights.Length, member =>
            {
                using var counted = new ProgressStream(member, Path.GetFileName(path), weights.Length, options.Progress);
                weights.Write(counted, options.Cancellation);
            });
            zip.Finish();
        });
    }

    private static byte[] Metadata(KerasDialect dialect)
    {
        ConfigObject metadata = [new("keras_version", dialect is KerasDialect.Keras2 ? Keras2Version : Keras3Version), new("date_saved", Date)];
        return Encoding.UTF8.GetBytes(metadata.ToJson());
    }
}
