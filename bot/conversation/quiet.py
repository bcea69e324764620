"""Words that restrict nothing: how questions begin, what they are about, and what only holds them together."""

from __future__ import annotations

#: How a question begins; where such words are said again a second question begins.
HEADS = """split | slice | group | divide | breakdown of | breakdown | break down | what is | what are | what | which | how is | show me | show | list | tell me | give me | do we have | do you have
    can i see | can i have | could i see | may i see | i want to see | i need to see | i would like to see | let me see
    what do we have | what have we got | what all is | pull up | pull | find | find me | get me | look up | lookup | display
    bring up | can you show me | could you show me | can you list | could you list | can you tell me | could you tell me
    can you give me | could you give me | i need list of | i want list of | i would like list of | i need | i want | search
    search for | are there | is there | is there anything | are there any | is there any | do we have any | do you have any
    has anything | have any | did any | were there | were there any | was there any | what were | what was | what did | what do
    any | let us see | let us look at | let me know | give us | i am looking for | looking for | remind me | run | run me
    report on | report of | list of | list all | list out | print | see | view | check | check on | read me | walk me through
    show us | can i get | could i get | can we see | can we get | may i have | id like | how about list of | run down of
    rundown of | rundown on | give me rundown on | overview of | overview | summary of | summary | summarize | status report of
    status report on | status report | report about | list me | tell us | do any | does any | did anything | does anything
    do i have any | have i got any | got any | need list of | which ones are | send me | send me list of | fetch"""
NOUNS = """task | tasks | tasking | taskings | request | requests | tasker | taskers | item | items | action | actions
    case | cases | ticket | tickets | everything | work | assignment | assignments | pieces | requests for information | rfi | rfis | actions items | action items | action item | products | product
    outstanding items | matters | matter | work items | responses | response | package | packages | entries | all tasks | all taskings"""
PRONOUNS = """one | ones | anything | something | stuff | thing | things | anything else | list"""
FILLERS = """marked | flagged | labelled | labeled | tagged | designated
    as of now | as we speak | these days | today on | those | these | them | instead | status | state | is | are | having | be | please | there | all | of | for | in | at
    on | to | with | we | does | do | doing | still | that | hi | hello | hey | about | or not | whether | if | thanks
    thank you | you | your | they | their | it | its | he | she | his | her | who | whom | where | when | how | why | will | would
    could | can | should | shall | might | may | must | am | i | me | this | here | so | as | such | each | every | both | some
    many | much | more | most | very | too | again | quick | quickly | real | right now | now | at moment | moment | this point
    up | out | off | over | into | than | then | same | good | morning | afternoon | evening | ok | okay | well | um | uh | hmm
    like | let | us | want | need | needs | know | see | look | looking | give | get | got | tell | show | sent me | wondering
    curious | wonder | just | quick question | question | one thing | update | updates | info | information | details | detail
    number | numbers | total | altogether | overall | in total | in all | far | left | remaining | remain | exist | exists
    there are | that are | which are | that is | which is | that were | that was | that have | that has | that did | that do
    went | go | goes | going | come | comes | coming | make | made | take | takes | took | taking | given | put | sitting | sit
    sits | stand | standing | stands | happening | happened | happens | place | places | program | agency | whole | entire
    ihsc taskings | taskings program | system | tracker | database | record | records kept | file | official | officially | team
    folks | guys | everyone | anybody | anyone | somebody | someone | people | person | day | time | date | point | way | side
    other than that | by way | fyi | asap | exactly | precisely | roughly | about how | also | only | ones that | those that
    those which | things that | stuff that | what we have | from list | on list | in list | in system | on file | of record
    bot | hey taskings | taskings bot | i guess | i think | maybe | possible | possibly | help me | help | try
    trying | understand | figure | figure out | what we | how we | we are | are we | do we | did we | have we | has been | sure
    today is | for us | to us | by us | with us | between | among | against | per | via | through | within | around | near
    yes"""
ANDS = "and | , | plus | as well as | along with | and also | together with | and then | & | but also | who are also | that are also"
ORS = "or | and or | and/or | or else | either | or maybe | or even"
VERSUS = "vs | than | compared to | compared with | against | versus | relative to | in comparison to | as against | next to | or than"
NEGATIONS = """not | no | never | neither | nor | but not | and not | except | except for | excepting | excluding | exclude | excludes
    other than | rather than | instead of | apart from | aside from | besides | without | minus | unless | outside
    outside of | leave out | leaving out | omit | omitting | ignore | ignoring | skip | hide | do not | does not | is not
    are not | anything but | everything but | all but | that are not | which are not | not including | do not show
    do not include | skipping | less | with exception of | save for | not counting | none of | not any | drop | take out | sans
    leave off | never mind | nobody but | non | that is not | that were not | not in | not at | not with | not from | not of"""
PAST = "was | were | had | did"
PREVIOUS = "last | previous | one before | last one | previous one | prior"
BACKLOG = "backlog | queue | docket | portfolio | inventory | pipeline | caseload of | pile | stack | books"
