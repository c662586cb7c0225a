namespace Microsoft.Build.Framework;

/// <summary>Tells MSBuild that a task may run in one process with others: it touches neither the working folder nor the environment.</summary>
/// <remarks>MSBuild knows it by its full name, so that tasks which carry it also load in versions that have no such attribute.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
