namespace ModelTools.Formats.Zip;

/// <summary>A file inside an archive, as the central directory describes it.</summary>
/// <param name="Name">Its name, with <c>/</c> between folders; never one that leaves the archive.</param>
/// <param name="IsStored">Whether its bytes lie in the archive as they are; else they are deflated.</param>
/// <param name="CompressedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes once inflated.</param>
/// <param name="Checksum">CRC-32 of the inflated bytes.</param>
/// <param name="DataOffset">Where its bytes begin in the file.</param>
internal sealed record ZipMember(string Name, bool IsStored, long CompressedLength, long Length, uint Checksum, long DataOffset);
