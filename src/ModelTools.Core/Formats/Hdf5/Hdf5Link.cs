namespace ModelTools.Formats.Hdf5;

/// <summary>How a name in a group refers to what it names.</summary>
internal enum Hdf5LinkKind
{
    /// <summary>To an object in the file. The only kind that is followed.</summary>
    Hard,

    /// <summary>To a path in the file.</summary>
    Soft,

    /// <summary>To a path in another file.</summary>
    External,

    /// <summary>To something only a certain program understands.</summary>
    UserDefined,
}

/// <summary>A name in a group.</summary>
/// <param name="Name">The name as it is in the file; it may hold a backslash.</param>
/// <param name="Kind">How it refers to the object.</param>
/// <param name="Address">Where the object's header is, for a hard link.</param>
/// <param name="Target">Where another kind of link points, for messages; never followed.</param>
internal sealed record Hdf5Link(string Name, Hdf5LinkKind Kind, long Address, string? Target);
