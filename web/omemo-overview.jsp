<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.OverviewPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.overview.title"/></title>
<meta name="pageID" content="omemo-overview">
<link rel="stylesheet" type="text/css" href="script/uplot.css">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
<script src="script/uplot.js" defer></script>
<script src="script/omemo-charts.js" defer></script>
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>

<h2><fmt:message key="console.overview.attention"/></h2>
<c:choose>
<c:when test="${model.concerns().isEmpty() && !model.complete()}"><p class="empty"><fmt:message key="console.overview.unknown"/></p></c:when>
<c:when test="${model.concerns().isEmpty()}"><p><span class="verdict passed"><fmt:message key="console.overview.well"/></span></p></c:when>
<c:otherwise>
<ul class="concerns">
<c:forEach items="${model.concerns()}" var="concern">
<fmt:message key="${concern.key()}" var="text"><c:forEach items="${concern.words()}" var="word"><fmt:param value="${word}"/></c:forEach></fmt:message>
<li class="wide"><a href="<c:out value="${concern.link()}"/>" dir="auto"><c:out value="${text}"/></a></li>
</c:forEach>
</ul>
</c:otherwise>
</c:choose>
<c:if test="${model.lastTest() != null}">
<p><fmt:message key="console.overview.selftest"/>: <a href="omemo-selftest.jsp"><c:out value="${model.lastTest().began()}"/></a>
<span class="verdict <c:out value="${model.lastTest().state()}"/>"><fmt:message key="console.selftest.state.${model.lastTest().state()}"/></span></p>
</c:if>

<c:if test="${model.counts() != null}">
<h2 id="time"><fmt:message key="console.overview.messages"/></h2>
<nav class="pager">
<c:forEach items="${model.spans()}" var="span">
<a class="button" href="omemo-overview.jsp?by=<c:out value="${span}"/>#time"<c:if test="${span == model.span()}"> aria-current="true"</c:if>><fmt:message key="console.overview.by.${span}"/></a>
</c:forEach>
</nav>
<h3 id="messages-title"><fmt:message key="console.overview.counts"/></h3>
<fmt:message key="console.overview.zone.${model.span()}" var="text"><fmt:param value="${model.zone()}"/></fmt:message>
<p><fmt:message key="console.overview.counts.effect"/><c:out value=" ${text}"/></p>
<div class="chart" id="messages-chart" data-table="messages" role="img" aria-labelledby="messages-title" aria-describedby="messages-summary"></div>
<details open><summary id="messages-summary"><fmt:message key="console.overview.numbers"/></summary>
<table class="list numbers" id="messages" data-language="<c:out value="${model.language()}"/>">
<thead><tr><th scope="col"><fmt:message key="console.overview.time"/></th><th scope="col"><fmt:message key="console.overview.encrypted"/></th><th scope="col"><fmt:message key="console.overview.plaintext"/></th><th scope="col"><fmt:message key="console.overview.refused"/></th></tr></thead>
<tbody>
<c:forEach items="${model.counts()}" var="row">
<tr data-time="<c:out value="${row.seconds()}"/>"><th scope="row"><c:out value="${row.label()}"/></th><c:forEach items="${row.messages()}" var="value"><td class="number" data-value="<c:out value="${value.plain()}"/>"><c:out value="${value.written()}"/></td></c:forEach></tr>
</c:forEach>
</tbody>
</table></details>
<h3 id="families-title"><fmt:message key="console.overview.families"/></h3>
<p><fmt:message key="console.overview.families.effect"/></p>
<div class="chart" id="families-chart" data-table="families" data-most="100" role="img" aria-labelledby="families-title" aria-describedby="families-summary"></div>
<details open><summary id="families-summary"><fmt:message key="console.overview.numbers"/></summary>
<table class="list numbers" id="families" data-language="<c:out value="${model.language()}"/>">
<thead><tr><th scope="col"><fmt:message key="console.overview.time"/></th><c:forEach items="${model.families()}" var="family"><th scope="col"><c:out value="${family}"/></th></c:forEach></tr></thead>
<tbody>
<c:forEach items="${model.counts()}" var="row">
<tr data-time="<c:out value="${row.seconds()}"/>"><th scope="row"><c:out value="${row.label()}"/></th><c:forEach items="${row.shares()}" var="value"><td class="number" data-value="<c:out value="${value.plain()}"/>"><c:out value="${value.written()}"/></td></c:forEach></tr>
</c:forEach>
</tbody>
</table></details>
</c:if>

<c:if test="${model.rooms() != null}">
<h2><fmt:message key="console.overview.rooms"/></h2>
<table class="list numbers" id="modes">
<thead><tr><c:forEach items="${model.rooms().keySet()}" var="mode"><th scope="col"><fmt:message key="console.rooms.mode.${mode}"/></th></c:forEach></tr></thead>
<tbody><tr><c:forEach items="${model.rooms().entrySet()}" var="mode"><td class="number"><a href="omemo-rooms.jsp?mode=<c:out value="${mode.key}"/>"><c:out value="${mode.value}"/></a></td></c:forEach></tr></tbody>
</table>
</c:if>

<c:if test="${model.devices() != null}">
<h2><fmt:message key="console.overview.devices"/></h2>
<table class="list">
<thead><tr><th scope="col"><fmt:message key="console.devices.family"/></th><c:forEach items="${model.states()}" var="state"><th scope="col"><fmt:message key="console.devices.state.${state}"/></th></c:forEach></tr></thead>
<tbody>
<c:forEach items="${model.families()}" var="family">
<tr><th scope="row"><c:out value="${family}"/></th><c:forEach items="${model.states()}" var="state">
<c:url value="omemo-devices.jsp" var="devices"><c:param name="family" value="${family}"/><c:param name="state" value="${state}"/></c:url>
<td class="number" data-label="<fmt:message key="console.devices.state.${state}"/>"><a href="<c:out value="${devices}"/>"><c:out value="${model.devices().get(family).get(state)}"/></a></td></c:forEach></tr>
</c:forEach>
</tbody>
</table>
</c:if>
</div>
</body>
</html>
