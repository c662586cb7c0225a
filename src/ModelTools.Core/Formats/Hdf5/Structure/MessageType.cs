namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>What a message in an object header says. Numbers of the HDF5 format.</summary>
internal enum MessageType
{
    /// <summary>Nothing: free space.</summary>
    Nil = 0x00,

    /// <summary>Dimensions.</summary>
    Dataspace = 0x01,

    /// <summary>Where a new-style group keeps its links.</summary>
    LinkInfo = 0x02,

    /// <summary>Element type.</summary>
    Datatype = 0x03,

    /// <summary>Fill value, old form.</summary>
    OldFillValue = 0x04,

    /// <summary>Fill value.</summary>
    FillValue = 0x05,

    /// <summary>One link of a new-style group.</summary>
    Link = 0x06,

    /// <summary>Other files that hold the data.</summary>
    ExternalFiles = 0x07,

    /// <summary>Where the data lies.</summary>
    Layout = 0x08,

    /// <summary>Filters that chunks went through.</summary>
    FilterPipeline = 0x0B,

    /// <summary>One attribute.</summary>
    Attribute = 0x0C,

    /// <summary>Where the header goes on.</summary>
    Continuation = 0x10,

    /// <summary>Where an old-style group keeps its links.</summary>
    SymbolTable = 0x11,

    /// <summary>Driver of a file that is split into several.</summary>
    DriverInfo = 0x14,

    /// <summary>Where attributes are when there are many or large ones.</summary>
    AttributeInfo = 0x15,
}
