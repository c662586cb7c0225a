namespace ModelTools.Diagnostics;

/// <content>The table. A code is added here and nowhere else.</content>
public sealed partial record ErrorCode
{
    // MT1xxx: the file cannot be understood
    /// <summary>MT1001: the file is not a model in a format that ModelTools reads.</summary>
    public static readonly ErrorCode NotAModel = new("MT1001", "the file is not a model in a format that ModelTools reads",
        "Check that the path names a Keras or TensorFlow model, checkpoint or weights file.");

    /// <summary>MT1002: the file ends before its content does.</summary>
    public static readonly ErrorCode Truncated = new("MT1002", "the file ends before its content does",
        "Copy or download the file again: it is incomplete.");

    /// <summary>MT1003: the HDF5 structure is damaged.</summary>
    public static readonly ErrorCode CorruptHdf5 = new("MT1003", "the HDF5 structure is damaged",
        "Restore the file from a good copy or save the model again.");

    /// <summary>MT1004: the TensorFlow checkpoint is damaged.</summary>
    public static readonly ErrorCode CorruptCheckpoint = new("MT1004", "the TensorFlow checkpoint is damaged",
        "Restore the checkpoint from a good copy or save the weights again.");

    /// <summary>MT1005: the SavedModel is damaged.</summary>
    public static readonly ErrorCode CorruptSavedModel = new("MT1005", "the SavedModel is damaged",
        "Restore the directory from a good copy or export the model again.");

    /// <summary>MT1006: the model's configuration is not valid.</summary>
    public static readonly ErrorCode CorruptConfiguration = new("MT1006", "the model's configuration is not valid",
        "Restore the file from a good copy or save the model again.");

    /// <summary>MT1007: the archive is damaged.</summary>
    public static readonly ErrorCode CorruptArchive = new("MT1007", "the archive is damaged",
        "Restore the file from a good copy or save the model again.");

    /// <summary>MT1008: a part of the model is missing.</summary>
    public static readonly ErrorCode MissingPart = new("MT1008", "a part of the model is missing",
        "Copy all files of the model together, or save it again.");

    /// <summary>MT1009: stored data do not match their checksum.</summary>
    public static readonly ErrorCode ChecksumMismatch = new("MT1009", "stored data do not match their checksum",
        "Restore the file from a good copy: its bytes have changed since it was written.");

    /// <summary>MT1010: the data file is damaged or not in the format its content claims.</summary>
    public static readonly ErrorCode CorruptTensorFile = new("MT1010", "the data file is damaged or not in the format its content claims",
        "Check that the file is what its name says and that it is complete.");

    /// <summary>MT1011: the layers of the model do not form a valid graph.</summary>
    public static readonly ErrorCode MalformedGraph = new("MT1011", "the layers of the model do not form a valid graph",
        "Save the model again from the program that made it.");

    /// <summary>MT1012: the file is not a lock of models, or is damaged.</summary>
    public static readonly ErrorCode LockDamaged = new("MT1012", "the file is not a lock of models, or is damaged",
        "Restore the lock from version control, or make it again with New-ModelLock.");

    // MT2xxx: refused because it is unsafe
    /// <summary>MT2001: the file points to data in another file.</summary>
    public static readonly ErrorCode ExternalLink = new("MT2001", "the file points to data in another file",
        "Save the model as one self-contained file.");

    /// <summary>MT2002: the file keeps data in another file.</summary>
    public static readonly ErrorCode ExternalStorage = new("MT2002", "the file keeps data in another file",
        "Save the model as one self-contained file.");

    /// <summary>MT2003: the file takes its data from other files.</summary>
    public static readonly ErrorCode VirtualDataset = new("MT2003", "the file takes its data from other files",
        "Save the model as one self-contained file.");

    /// <summary>MT2004: the file declares more data than it can hold or than the limits allow.</summary>
    public static readonly ErrorCode SizeLimit = new("MT2004", "the file declares more data than it can hold or than the limits allow",
        "Do not trust this file; if it is genuine, raise the read limits.");

    /// <summary>MT2005: the model carries code, which is never run.</summary>
    public static readonly ErrorCode ExecutableContent = new("MT2005", "the model carries code, which is never run",
        "Replace the layer that carries code by a built-in one.");

    /// <summary>MT2006: the model names a path outside of itself.</summary>
    public static readonly ErrorCode PathEscape = new("MT2006", "the model names a path outside of itself",
        "Do not trust this file; save the model again from a trusted source.");

    /// <summary>MT2007: the structure is nested too deeply, too large or circular.</summary>
    public static readonly ErrorCode StructureLimit = new("MT2007", "the structure is nested too deeply, too large or circular",
        "Do not trust this file; if it is genuine, raise the read limits.");

    /// <summary>MT2008: the graph contains an operation that reaches beyond the model.</summary>
    public static readonly ErrorCode UnsafeOperation = new("MT2008", "the graph contains an operation that reaches beyond the model",
        "Export the model again without operations that touch files or run code.");

    // MT3xxx: contract
    /// <summary>MT3001: the weights belong to a model with another number of layers.</summary>
    public static readonly ErrorCode LayerCountMismatch = new("MT3001", "the weights belong to a model with another number of layers",
        "Build the same layers as the model that was saved.");

    /// <summary>MT3002: a weight has another shape than the layer needs.</summary>
    public static readonly ErrorCode WeightShapeMismatch = new("MT3002", "a weight has another shape than the layer needs",
        "Give the layer the size that it had when the weights were saved.");

    /// <summary>MT3003: a layer has another number of weights than were saved for it.</summary>
    public static readonly ErrorCode WeightCountMismatch = new("MT3003", "a layer has another number of weights than were saved for it",
        "Give the layer the options that it had when the weights were saved.");

    /// <summary>MT3004: a weight that the model needs is not in the file.</summary>
    public static readonly ErrorCode WeightMissing = new("MT3004", "a weight that the model needs is not in the file",
        "Build the same layers as the model that was saved.");

    /// <summary>MT3005: a layer meets the weights of another kind of layer.</summary>
    public static readonly ErrorCode LayerMismatch = new("MT3005", "a layer meets the weights of another kind of layer",
        "Build the same layers, in the same order, as the model that was saved.");

    /// <summary>MT3006: the data do not fit the model's inputs.</summary>
    public static readonly ErrorCode InputMismatch = new("MT3006", "the data do not fit the model's inputs",
        "Pass data with the shape and type that Get-ModelInfo shows.");

    /// <summary>MT3007: a layer's options are not valid.</summary>
    public static readonly ErrorCode InvalidLayer = new("MT3007", "a layer's options are not valid",
        "Correct the option that the message names.");

    /// <summary>MT3008: the model does not know its input shape yet.</summary>
    public static readonly ErrorCode ModelNotBuilt = new("MT3008", "the model does not know its input shape yet",
        "Give the first layer an input shape, or pass data first.");

    /// <summary>MT3009: the contents differ from the lock.</summary>
    public static readonly ErrorCode ContentsChanged = new("MT3009", "the contents differ from the lock",
        "Restore the model, or accept the change with Update-ModelLock.");

    /// <summary>MT3010: the weights hold numbers that are not finite.</summary>
    public static readonly ErrorCode NonFiniteWeights = new("MT3010", "the weights hold numbers that are not finite",
        "Train again or restore an earlier copy: NaN and infinity spoil every prediction.");

    /// <summary>MT3011: the targets do not fit the model's outputs.</summary>
    public static readonly ErrorCode TargetMismatch = new("MT3011", "the targets do not fit the model's outputs",
        "Pass targets with the shape that the loss needs.");

    /// <summary>MT3012: the inputs or outputs of the model have changed.</summary>
    public static readonly ErrorCode SignatureChanged = new("MT3012", "the inputs or outputs of the model have changed",
        "Restore the model, or accept the change with Update-ModelLock.");

    /// <summary>MT3013: the shape of a weight has changed.</summary>
    public static readonly ErrorCode WeightShapeChanged = new("MT3013", "the shape of a weight has changed",
        "Restore the model, or accept the change with Update-ModelLock.");

    /// <summary>MT3014: the type of a weight, an input or an output has changed.</summary>
    public static readonly ErrorCode DTypeChanged = new("MT3014", "the type of a weight, an input or an output has changed",
        "Restore the model, or accept the change with Update-ModelLock.");

    /// <summary>MT3015: the layers of the model have changed.</summary>
    public static readonly ErrorCode LayersChanged = new("MT3015", "the layers of the model have changed",
        "Restore the model, or accept the change with Update-ModelLock.");

    /// <summary>MT3016: the lock has no entry for the model.</summary>
    public static readonly ErrorCode NotLocked = new("MT3016", "the lock has no entry for the model",
        "Add the model to the lock with Update-ModelLock, or name the lock that holds it.");

    /// <summary>MT3017: the model is larger than its budget.</summary>
    public static readonly ErrorCode SizeBudgetExceeded = new("MT3017", "the model is larger than its budget",
        "Make the model smaller, or raise the budget.");

    /// <summary>MT3018: a type is not among those that are allowed.</summary>
    public static readonly ErrorCode DTypeNotAllowed = new("MT3018", "a type is not among those that are allowed",
        "Convert the weights to an allowed type, or allow this one.");

    /// <summary>MT3019: the inputs or outputs are not those that are expected.</summary>
    public static readonly ErrorCode UnexpectedSignature = new("MT3019", "the inputs or outputs are not those that are expected",
        "Use the model that the program was written for, or correct what is expected.");

    /// <summary>MT3020: the outputs differ from the recorded ones.</summary>
    public static readonly ErrorCode GoldenMismatch = new("MT3020", "the outputs differ from the recorded ones",
        "Find out what changed in the model, or record the outputs again.");

    /// <summary>MT3021: a layer is not known and not among those that are allowed.</summary>
    public static readonly ErrorCode LayerNotAllowed = new("MT3021", "a layer is not known and not among those that are allowed",
        "Replace the layer by a built-in one, or allow its class.");

    /// <summary>MT3022: the package is larger than its limit.</summary>
    public static readonly ErrorCode PackageTooLarge = new("MT3022", "the package is larger than its limit",
        "Make the models smaller, or raise the limit: -MaximumSize, in a build ModelPackageMaximumBytes.");

    // MT4xxx: not supported
    /// <summary>MT4001: a layer of this kind cannot be run.</summary>
    public static readonly ErrorCode UnsupportedLayer = new("MT4001", "a layer of this kind cannot be run",
        "Replace the layer, or only inspect, compare and convert the model.");

    /// <summary>MT4002: an option has a value that is not supported.</summary>
    public static readonly ErrorCode UnsupportedOption = new("MT4002", "an option has a value that is not supported",
        "Use another value for the option that the message names.");

    /// <summary>MT4003: the target format cannot hold this model.</summary>
    public static readonly ErrorCode UnsupportedConversion = new("MT4003", "the target format cannot hold this model",
        "Choose another format.");

    /// <summary>MT4004: a data type is not supported here.</summary>
    public static readonly ErrorCode UnsupportedDType = new("MT4004", "a data type is not supported here",
        "Convert the data to a supported type first.");

    /// <summary>MT4005: the file is in a format or version that ModelTools does not read.</summary>
    public static readonly ErrorCode UnsupportedFormat = new("MT4005", "the file is in a format or version that ModelTools does not read",
        "Save the model again in a current format.");

    /// <summary>MT4006: the graph contains an operation that cannot be run.</summary>
    public static readonly ErrorCode UnsupportedOperation = new("MT4006", "the graph contains an operation that cannot be run",
        "Import a format that keeps the layers, or only inspect the model.");

    /// <summary>MT4007: the program that should run ModelTools cannot.</summary>
    public static readonly ErrorCode UnsupportedHost = new("MT4007", "the program that should run ModelTools cannot",
        "Build with 'dotnet build', or with a newer MSBuild.");

    // MT5xxx: the engine
    /// <summary>MT5001: the engine's native libraries were not found.</summary>
    public static readonly ErrorCode EngineMissing = new("MT5001", "the engine's native libraries were not found",
        "Install the engine with Install-ModelEngine, or set MODELTOOLS_TORCH to the folder of its libraries.");

    /// <summary>MT5002: the engine's native libraries cannot be loaded.</summary>
    public static readonly ErrorCode EngineCannotStart = new("MT5002", "the engine's native libraries cannot be loaded",
        "Read the reason in the message and install what is missing.");

    /// <summary>MT5003: the engine reported an error.</summary>
    public static readonly ErrorCode EngineFailed = new("MT5003", "the engine reported an error",
        "Check the shapes and values of the data.");

    /// <summary>MT5004: the engine cannot be installed.</summary>
    public static readonly ErrorCode EngineNotInstalled = new("MT5004", "the engine cannot be installed",
        "Check NuGet's sources, the network and its proxy, or name a source with -Source.");

    // MT6xxx: arguments, targets, permissions
    /// <summary>MT6001: the path does not exist.</summary>
    public static readonly ErrorCode PathNotFound = new("MT6001", "the path does not exist",
        "Check the spelling of the path.");

    /// <summary>MT6002: the target exists already.</summary>
    public static readonly ErrorCode TargetExists = new("MT6002", "the target exists already",
        "Use -Force to replace it, or choose another path.");

    /// <summary>MT6003: access to the path is denied.</summary>
    public static readonly ErrorCode AccessDenied = new("MT6003", "access to the path is denied",
        "Check the permissions of the path, and that no other program has it open.");

    /// <summary>MT6004: an argument is not valid.</summary>
    public static readonly ErrorCode InvalidArgument = new("MT6004", "an argument is not valid",
        "Correct the argument that the message names.");

    /// <summary>MT6005: the model has no training configuration.</summary>
    public static readonly ErrorCode NotCompiled = new("MT6005", "the model has no training configuration",
        "Give it an optimizer and a loss with Set-ModelTraining.");

    /// <summary>MT6006: the name is not known.</summary>
    public static readonly ErrorCode UnknownName = new("MT6006", "the name is not known",
        "Use one of the names that the message lists.");

    /// <summary>MT6007: the target cannot be written.</summary>
    public static readonly ErrorCode WriteFailed = new("MT6007", "the target cannot be written",
        "Check the free space and the permissions of the target.");

    // MT9999
    /// <summary>MT9999: an unexpected failure inside ModelTools.</summary>
    public static readonly ErrorCode Defect = new("MT9999", "an unexpected failure inside ModelTools",
        "Report it with the steps that lead to it.");

    /// <summary>Every code, in ascending order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        NotAModel,
        Truncated,
        CorruptHdf5,
        CorruptCheckpoint,
        CorruptSavedModel,
        CorruptConfiguration,
        CorruptArchive,
        MissingPart,
        ChecksumMismatch,
        CorruptTensorFile,
        MalformedGraph,
        LockDamaged,
        ExternalLink,
        ExternalStorage,
        VirtualDataset,
        SizeLimit,
        ExecutableContent,
        PathEscape,
        StructureLimit,
        UnsafeOperation,
        LayerCountMismatch,
        WeightShapeMismatch,
        WeightCountMismatch,
        WeightMissing,
        LayerMismatch,
        InputMismatch,
        InvalidLayer,
        ModelNotBuilt,
        ContentsChanged,
        NonFiniteWeights,
        TargetMismatch,
        SignatureChanged,
        WeightShapeChanged,
        DTypeChanged,
        LayersChanged,
        NotLocked,
        SizeBudgetExceeded,
        DTypeNotAllowed,
        UnexpectedSignature,
        GoldenMismatch,
        LayerNotAllowed,
        PackageTooLarge,
        UnsupportedLayer,
        UnsupportedOption,
        UnsupportedConversion,
        UnsupportedDType,
        UnsupportedFormat,
        UnsupportedOperation,
        UnsupportedHost,
        EngineMissing,
        EngineCannotStart,
        EngineFailed,
        EngineNotInstalled,
        PathNotFound,
        TargetExists,
        AccessDenied,
        InvalidArgument,
        NotCompiled,
        UnknownName,
        WriteFailed,
        Defect,
    ];

    /// <summary>The code with this id, or null.</summary>
    /// <param name="id">A code such as <c>MT1001</c>, in any case.</param>
    public static ErrorCode? Find(string id) => All.FirstOrDefault(code => string.Equals(code.Id, id, StringComparison.OrdinalIgnoreCase));
}
