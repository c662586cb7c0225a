namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>The runner itself: a test that ought to fail must fail.</summary>
public sealed class PesterSubsetTests
{
    [Theory]
    [InlineData("1 | Should -Be 1")]
    [InlineData("'A' | Should -Be 'a'")]
    [InlineData("'A' | Should -Not -BeExactly 'a'")]
    [InlineData("1, 2 | Should -Be 1, 2")]
    [InlineData("@() | Should -BeNullOrEmpty")]
    [InlineData("$null | Should -BeNullOrEmpty")]
    [InlineData("1, 2, 3 | Should -HaveCount 3")]
    [InlineData("1, 2 | Should -Contain 2")]
    [InlineData("5 | Should -BeGreaterThan 4; 5 | Should -BeLessThan 6")]
    [InlineData("'abc' | Should -BeLike 'a*'; 'abc' | Should -Match 'B'")]
    [InlineData("1 | Should -BeOfType [int]; 'a' | Should -BeOfType ([string])")]
    [InlineData("{ throw 'bad thing' } | Should -Throw '*thing'")]
    [InlineData("{ Write-Error 'x' -ErrorId Mine -ErrorAction Stop } | Should -Throw -ErrorId 'Mine*'")]
    [InlineData("{ 1 } | Should -Not -Throw")]
    [InlineData("Set-Content TestDrive:\\a.txt 1; 'TestDrive:\\a.txt' | Should -Exist; Join-Path $TestDrive a.txt | Should -Exist")]
    [InlineData("'1.0' | Should -Be 1; 'x' | Should -Be $true")]
    [InlineData("@() | Should -Be $null; $null | Should -Be @(); @() | Should -Contain $null")]
    [InlineData(", @(1) | Should -BeOfType [object[]]")]
    [InlineData("$null | Should -BeLike ''; $null | Should -Match ''")]
    public void A_true_statement_passes(string statement) => Assert.Equal(new TestOutcome(), RunOne(statement));

    [Theory]
    [InlineData("1 | Should -Be 2")]
    [InlineData("1, 2 | Should -Be 1")]
    [InlineData("1 | Should -Not -Be 1")]
    [InlineData("'A' | Should -BeExactly 'a'")]
    [InlineData("$false | Should -BeTrue")]
    [InlineData("1, 2 | Should -HaveCount 3")]
    [InlineData("1, 2 | Should -Contain 3")]
    [InlineData("'a' | Should -BeNullOrEmpty")]
    [InlineData("1 | Should -BeOfType [string]")]
    [InlineData("1 | Should -BeOfType [No.Such.Type]")]
    [InlineData("1, 9 | Should -BeLessThan 5")]
    [InlineData("'nope.txt' | Should -Exist")]
    [InlineData("{ 1 } | Should -Throw")]
    [InlineData("{ throw 'a' } | Should -Not -Throw")]
    [InlineData("{ throw 'a' } | Should -Throw 'b'")]
    [InlineData("{ throw 'a' } | Should -Throw -ErrorId 'b'")]
    [InlineData("1 | Should -Be '1.0'")]
    [InlineData("$true | Should -Be 'x'")]
    [InlineData("[datetime]'2020-01-01' | Should -Be '2020-01-01'")]
    [InlineData("[double]::NaN | Should -Be ([double]::NaN)")]
    [InlineData("@() | Should -Exist")]
    [InlineData("1 | Should -BeCloseTo 1")]
    [InlineData("1 | Should")]
    [InlineData("throw 'unexpected'")]
    [InlineData("No-SuchCommand")]
    [InlineData("Mock Get-Item { }")]
    [InlineData("It 'inner' { }")]
    public void A_false_or_unknown_statement_fails(string statement) => Assert.NotNull(RunOne(statement).Failure);

    [Fact]
    public void Phases_scopes_and_data_are_those_of_Pester_5()
    {
        var outcomes = Run(
            """
            BeforeDiscovery { $cases = @(@{ Left = 1; Sum = 3 }, @{ Left = 2; Sum = 4 }) }
            BeforeAll { $two = 2; $log = [System.Collections.Generic.List[string]]::new() }
            Describe 'outer <_>' -ForEach 'a', 'b' {
                BeforeAll { $here = $_ }
                BeforeEach { $fresh = 0; $log.Add("before $_") }
                AfterEach { $log.Add("after $_") }
                It 'adds <Left>' -TestCases $cases { $Left + $two | Should -Be $Sum; $fresh++; $fresh | Should -Be 1 }
                Context 'inner' {
                    It 'sees the block around' { $here | Should -BeIn 'a', 'b' }
                    It 'is skipped' -Skip { throw 'never' }
                    It 'skips itself' { Set-ItResult -Skipped -Because 'no reason' }
                    It 'may not write to the block around' { $here = 'changed' }
                    It 'still sees it' { $here | Should -Not -Be 'changed' }
                }
            }
            Describe 'broken setup' {
                BeforeAll { throw 'setup' }
                It 'fails' { }
            }
            Describe 'broken cleanup' {
                AfterEach { throw 'cleanup' }
                It 'fails' { }
            }
            """);

        Assert.Equal(
            ["broken cleanup > fails", "broken setup > fails"],
            outcomes.Where(outcome => outcome.Value.Failure is not null).Select(outcome => outcome.Key).Order(StringComparer.Ordinal));
        Assert.Equal(4, outcomes.Count(outcome => outcome.Value.Skipped is not null));
        Assert.Equal(16, outcomes.Count);
        Assert.Contains("outer b > adds 2", outcomes.Keys);
    }

    private static TestOutcome RunOne(string statement) => Run($"Describe 'd' {{ It 'i' {{ {statement} }} }}")["d > i"];

    private static IReadOnlyDictionary<string, TestOutcome> Run(string text)
    {
        using var folder = new TemporaryFolder();
        var file = folder["Sample.ps1"];
        File.WriteAllText(file, text);
        return PesterFile.Run(file);
    }
}
