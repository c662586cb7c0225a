using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>The file <c>checkpoint</c> beside checkpoints: it says which of them is the newest (<c>CheckpointState</c>, as text).</summary>
/// <param name="Latest">Path of the newest, as written.</param>
/// <param name="All">Paths of all that are kept, oldest first.</param>
public sealed record CheckpointState(string Latest, IReadOnlyList<string> All)
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "checkpoint";

    /// <summary>Reads the file; unknown fields are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <exception cref="ModelToolsException">MT1004: it names no checkpoint; MT2004: it is too large.</exception>
    public static CheckpointState Read(string path, ModelReadLimits? limits = null)
    {
        using var file = SourceFile.Open(path);
        var maximum = Math.Min((limits ?? ModelReadLimits.Default).MaximumTextBytes, int.MaxValue);
        if (file.Length > maximum)
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The file '{path}' is too large for a list of checkpoints: {file.Length} bytes.") { Path = file.Path };
        }

        var text = new StateText(file.Read(0, (int)file.Length));
        string? latest = null;
        List<string> all = [];
        while (text.Next())
        {
            switch (text.Name)
            {
                case "model_checkpoint_path": latest = text.Value; break;
                case "all_model_checkpoint_paths" when text.Value is not null: all.Add(text.Value); break;
            }
        }

        return latest is { Length: > 0 }
            ? new CheckpointState(latest, all)
            : throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"The file '{path}' names no checkpoint.") { Path = file.Path };
    }

    /// <summary>The text of a file that names one checkpoint, as TensorFlow writes it.</summary>
    internal static byte[] Text(string name)
    {
        var quoted = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            _ = value switch
            {
                (byte)'"' or (byte)'\\' or (byte)'\'' => quoted.Append('\\').Append((char)value),
                >= 0x20 and < 0x7F => quoted.Append((char)value),
                (byte)'\n' => quoted.Append("\\n"),
                (byte)'\r' => quoted.Append("\\r"),
                (byte)'\t' => quoted.Append("\\t"),
                _ => quoted.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0')),
            };
        }

        return Encoding.ASCII.GetBytes($"model_checkpoint_path: \"{quoted}\"\nall_model_checkpoint_paths: \"{quoted}\"\n");
    }
}
