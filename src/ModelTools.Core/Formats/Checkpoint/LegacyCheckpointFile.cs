using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>One file of a checkpoint of the first format: under the empty key what it holds, then a message per slice.</summary>
internal sealed class LegacyCheckpointFile : IDisposable
{
    private readonly SourceFile _file;
    private readonly TableReader _table;

    /// <summary>Opens a file and reads what it holds.</summary>
    /// <exception cref="ModelToolsException">MT1001: it is something else; MT1004: damaged.</exception>
    public LegacyCheckpointFile(string path, ModelReadLimits limits)
    {
        _file = SourceFile.Open(path);
        try
        {
            if (!TableReader.IsTable(_file))
            {
                throw new ModelToolsException(ErrorCode.NotAModel, $"'{path}' is not a TensorFlow checkpoint.") { Path = _file.Path };
            }

            _table = new TableReader(_file, limits);
            var meta = _table.Find([]) ?? throw new ModelToolsException(ErrorCode.CorruptCheckpoint, "The file is a table without the description of a checkpoint.");
            Tensors = ReadMeta(meta);
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            _file.Dispose();
            throw error.WithPath(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file.</summary>
    public long Length => _file.Length;

    /// <summary>The tensors of which this file holds something.</summary>
    public IReadOnlyDictionary<string, Content> Tensors { get; }

    /// <summary>Reads a slice.</summary>
    public Tensor Read(string name, TensorSlice slice, DType dtype, Shape shape, ModelReadLimits limits)
    {
        try
        {
            var value = _table.Find(slice.Key(Encoding.UTF8.GetBytes(name)))
                ?? throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"A part of tensor '{name}' is missing.") { Path = _file.Path, Location = name };
            var message = Reader(value);
            while (message.Next())
            {
                if (message.Field == 2)
                {
                    var stored = message.Message();
                    while (stored.Next())
                    {
                        if (stored.Field == 3)
                        {
                            return TensorProto.Read(stored.Message(), limits, dtype, shape);
                        }
                    }
                }
            }

            throw new ModelToolsException(ErrorCode.CorruptCheckpoint, $"A part of tensor '{name}' has no values.") { Path = _file.Path, Location = name };
        }
        catch (ModelToolsException error) when (error.Path is null)
        {
            throw error.WithPath(_file.Path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ProtoReader Reader(ReadOnlySpan<byte> bytes) => new(bytes, ErrorCode.CorruptCheckpoint, "the checkpoint");

    private static Dictionary<string, Content> ReadMeta(byte[] bytes)
    {
        var tensors = new Dictionary<string, Content>(StringComparer.Ordinal);
        var message = Reader(bytes);
        while (message.Next())
        {
            if (message.Field == 1)
            {
                var meta = message.Message();
                while (meta.Next())
                {
                    if (meta.Field == 1)
                    {
                        var content = ReadContent(meta.Message());
                        tensors[content.Entry.Name] = content;
                    }
                }
            }
        }

        return tensors;
    }

    private static Content ReadContent(ProtoReader message)
    {
        var name = string.Empty;
        var type = 0;
        Shape? shape = Shape.Scalar;
        List<TensorSlice> slices = [];
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1: name = message.String(); break;
                case 2: shape = TensorShapeProto.Read(message.Message()); break;
                case 3: type = message.Int32(); break;
                case 4: slices.Add(TensorSlice.Read(message.Message())); break;
            }
        }

        return shape is { IsKnown: true }
            ? new Content(new CheckpointEntry(name, TensorFlowDType.Name(type), TensorFlowDType.Find(type), shape), slices)
            : throw message.Damaged($"the shape of tensor '{name}' is not known");
    }

    /// <summary>A tensor and which parts of it are here.</summary>
    public sealed record Content(CheckpointEntry Entry, IReadOnlyList<TensorSlice> Slices);
}
