using System.Management.Automation;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>A <c>Describe</c>, a <c>Context</c> or the file itself.</summary>
public sealed class TestBlock(string name, TestBlock? parent, PSVariable[] variables, bool skip)
{
    public string Name { get; } = name;

    public TestBlock? Parent { get; } = parent;

    /// <summary>Variables that <c>-ForEach</c> gives to the block.</summary>
    public PSVariable[] Variables { get; } = variables;

    public bool Skip { get; } = skip || parent?.Skip == true;

    /// <summary>Blocks and tests, in the order of the file.</summary>
    public List<object> Children { get; } = [];

    public List<ScriptBlock> BeforeAll { get; } = [];

    public List<ScriptBlock> AfterAll { get; } = [];

    public List<ScriptBlock> BeforeEach { get; } = [];

    public List<ScriptBlock> AfterEach { get; } = [];

    /// <summary>Adds a test; a name that the block has already is numbered, so that none hides another.</summary>
    public void AddTest(string name, ScriptBlock body, PSVariable[] variables, bool skip)
    {
        var taken = Children.OfType<TestCase>().Count(test => test.Name == name);
        Children.Add(new TestCase(name, taken == 0 ? name : $"{name} ({taken + 1})", this, body, variables, skip));
    }

    /// <summary>From the file down to this block.</summary>
    public IEnumerable<TestBlock> Path => Parent is null ? [this] : Parent.Path.Append(this);

    /// <summary>What runs before each test of this block: the outermost first.</summary>
    public ScriptBlock[] Preparations => [.. Path.SelectMany(block => block.BeforeEach)];

    /// <summary>What runs after each test of this block: the innermost first.</summary>
    public ScriptBlock[] Cleanups => [.. Path.Reverse().SelectMany(block => block.AfterEach)];

    /// <summary>Whether anything inside will run.</summary>
    public bool HasWork => Tests.Any(test => !test.Skip);

    public IEnumerable<TestCase> Tests => Children.SelectMany(child => child is TestCase test ? [test] : ((TestBlock)child).Tests);
}

/// <summary>An <c>It</c>, or one case of it.</summary>
public sealed class TestCase(string name, string uniqueName, TestBlock parent, ScriptBlock body, PSVariable[] variables, bool skip)
{
    /// <summary>As the test is named in the file.</summary>
    public string Name { get; } = name;

    /// <summary>With the names of the blocks around it; unique in the file as long as its blocks' names are.</summary>
    public string FullName { get; } = string.Join(" > ", parent.Path.Skip(1).Select(block => block.Name).Append(uniqueName));

    public TestBlock Parent { get; } = parent;

    public ScriptBlock Body { get; } = body;

    /// <summary>Variables that <c>-ForEach</c> gives to the test.</summary>
    public PSVariable[] Variables { get; } = variables;

    public bool Skip { get; } = skip || parent.Skip;
}
