# How PSScriptAnalyzer looks at the tests; everything else passes its default rules.
@{
    ExcludeRules = @(
        # What BeforeAll assigns is used in blocks of their own, which the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'

        # The Tab key sees the variables of the session only.
        'PSAvoidGlobalVars'

        # Completion asks for a command that the engine alone does not have, and gets a stand-in there.
        'PSAvoidOverwritingBuiltInCmdlets'

        # These are what the tests of everyday cmdlets are about.
        'PSAvoidUsingWriteHost'
        'PSAvoidUsingPositionalParameters'

        # PowerShell 7 reads UTF-8 without a mark, and the module needs 7.4.
        'PSUseBOMForUnicodeEncodedFile'
    )
}
