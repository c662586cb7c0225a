using ModelTools.Diagnostics;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5.Storage;

/// <summary>Tells data that compresses well from a bomb.</summary>
internal static class StorageLimit
{
    /// <summary>Compares what a dataset declares with what is stored for it.</summary>
    /// <exception cref="ModelToolsException">MT2004: it declares far more.</exception>
    public static void Check(Hdf5Image image, long declared, long stored, string location)
    {
        if (declared > image.Limits.ExpansionFloorBytes && declared / image.Limits.MaximumExpansion >= stored)
        {
            throw image.Error(ErrorCode.SizeLimit, $"'{location}' declares {declared} bytes but only {stored} are stored.", location);
        }
    }
}
