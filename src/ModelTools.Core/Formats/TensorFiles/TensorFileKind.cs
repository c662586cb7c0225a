namespace ModelTools.Formats.TensorFiles;

/// <summary>Kinds of files that hold plain arrays.</summary>
public enum TensorFileKind
{
    /// <summary>NumPy's file of one array.</summary>
    Npy,

    /// <summary>NumPy's archive of named arrays.</summary>
    Npz,

    /// <summary>The format of MNIST.</summary>
    Idx,

    /// <summary>Text: rows of fields between separators (RFC 4180).</summary>
    Csv,

    /// <summary>A PNG or JPEG picture.</summary>
    Image,
}
