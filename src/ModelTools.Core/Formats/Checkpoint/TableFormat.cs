namespace ModelTools.Formats.Checkpoint;

/// <summary>Facts of the sorted string table (LevelDB's layout) that holds a checkpoint's index.</summary>
internal static class TableFormat
{
    /// <summary>The last eight bytes of every table, as a little-endian number.</summary>
    public const ulong Magic = 0xDB47_7524_8B80_FB57;

    /// <summary>Two block handles, padding and the magic number.</summary>
    public const int FooterLength = 48;

    /// <summary>What follows a block: one byte of compression type and the masked checksum.</summary>
    public const int TrailerLength = 5;

    /// <summary>Compression type of a block stored as it is.</summary>
    public const byte Plain = 0;

    /// <summary>Compression type of a block compressed with raw snappy.</summary>
    public const byte Snappy = 1;
}
