using System.Management.Automation;
using ModelTools.Tensors;

namespace ModelTools.Display;

/// <summary>Methods that tensors have in PowerShell (ModelTools.Types.ps1xml). Public, because PowerShell looks them up by name.</summary>
public static class TensorMembers
{
    /// <summary>The elements as arrays within arrays, one level for each axis; a single number as itself.</summary>
    /// <param name="instance">A tensor.</param>
    public static object ToNested(PSObject instance) => ((Tensor)instance.BaseObject).ToNested();
}
